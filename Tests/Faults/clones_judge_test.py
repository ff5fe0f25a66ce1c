"""The judge of clones.py, on histories made wrong by hand."""
import copy
import hashlib
import unittest

from clones_judge import Sent, Version, canonical, chain, judge, overlaps


def sealed(record):
    record = dict(record)
    record["checksum"] = "sha256:" + hashlib.sha256(canonical(record)).hexdigest()
    return record


def fields(url):
    return {"webhook_url": url, "webhook_mode": 1}


def history(*urls):
    """An intent and an outcome for each URL."""
    versions, settled = [], None
    for url in urls:
        base = {
            "lineage": "l", "serial": settled["serial"] if settled else 0,
            "previous": settled["previous"] if settled else None,
            "applied": settled["applied"] if settled else None,
        }
        checksum = settled["checksum"] if settled else None
        intent = sealed({**base, "pending": {**fields(url), "settled": checksum}})
        settled = sealed({
            **base, "serial": base["serial"] + 1, "previous": checksum, "pending": None,
            "applied": fields(url)})
        for record in (intent, settled):
            versions.append(Version("c%d" % len(versions), record, canonical(record)))
    return versions


class JudgeTests(unittest.TestCase):
    def setUp(self):
        self.versions = {"uat": history("a", "b", "c")}
        self.claims = [("uat", "a"), ("uat", "c")]
        self.sent = {"uat": [Sent(url, 1, 200) for url in "abc"]}
        self.registrations = {"uat": ("c", 1)}
        self.intervals = [("k", 0, 1, "answered"), ("k", 1, 2, "answered")]

    def faults(self):
        return "\n".join(judge(
            self.versions, self.claims, self.sent, self.registrations, self.intervals))

    def test_a_right_history_has_no_fault(self):
        self.assertEqual(self.faults(), "")

    def test_an_intent_that_was_taken_back_is_no_fault(self):
        versions = self.versions["uat"]
        self.versions["uat"] = versions[:4] + [versions[4], copy.deepcopy(versions[3])] + versions[4:]
        self.assertEqual(self.faults(), "")

    def test_a_lost_record_is_found(self):
        self.claims.append(("uat", "d"))
        self.assertIn("the record of d is lost", self.faults())

    def test_a_gap_is_found(self):
        del self.versions["uat"][2:4]
        self.assertIn("serial 3 after 1", self.faults())
        self.assertIn("does not name the version before it", self.faults())

    def test_a_serial_twice_is_found(self):
        versions = self.versions["uat"]
        versions[5] = Version("c5", sealed({**versions[5].record, "serial": 2}))
        self.assertIn("serial 2 after 2", self.faults())

    def test_an_outcome_over_somebody_elses_is_found(self):
        first, other = history("a", "b"), history("a", "x")
        self.assertIn("not name the version", "\n".join(chain("uat", [
            *first[:4], Version("d", sealed({
                **other[3].record, "serial": 3}))])))

    def test_a_removed_record_is_found(self):
        self.versions["uat"].insert(4, Version("d", None))
        self.assertIn("was removed", self.faults())

    def test_another_lineage_is_found(self):
        versions = self.versions["uat"]
        versions[5] = Version("c5", sealed({**versions[5].record, "lineage": "m"}))
        self.assertIn("another lineage", self.faults())

    def test_a_damaged_record_is_found(self):
        version = self.versions["uat"][3]
        version.raw = version.raw.replace(b'"b"', b'"x"')
        self.assertIn("damaged", self.faults())

    def test_an_overlap_is_found(self):
        self.intervals.append(("k", 1.5, 3, "answered"))
        self.assertIn("overlap by 0.500 s", self.faults())

    def test_an_overlap_with_a_long_request_is_found_behind_a_short_one(self):
        intervals = [("k", 0, 9, "answered"), ("k", 9, 9.1, "gone"), ("k", 0.1, 0.2, "gone"),
                     ("k", 5, 6, "answered")]
        self.assertEqual(len(overlaps(intervals)), 2)

    def test_other_accounts_may_overlap(self):
        self.intervals.append(("other", 0.5, 1.5, "answered"))
        self.assertEqual(self.faults(), "")

    def test_a_request_without_an_intent_is_found(self):
        self.sent["uat"].insert(1, Sent("z", 1, 200))
        self.assertIn("a request for z without an intent", self.faults())

    def test_an_outcome_without_a_request_is_found(self):
        self.sent["uat"][1].status = 503
        self.assertIn("an outcome without a request", self.faults())

    def test_outcomes_in_another_order_than_the_requests_are_found(self):
        self.sent["uat"][0], self.sent["uat"][1] = self.sent["uat"][1], self.sent["uat"][0]
        self.assertIn("an outcome without a request", self.faults())

    def test_a_last_registration_that_is_not_recorded_is_found(self):
        self.registrations["uat"] = ("b", 1)
        self.assertIn("recorded is", self.faults())

    def test_another_mode_is_found(self):
        self.registrations["uat"] = ("c", 0)
        self.assertIn("recorded is", self.faults())

    def test_an_intent_that_is_left_is_found(self):
        self.versions["uat"].pop()
        self.assertIn("not settled", self.faults())

    def test_an_environment_without_a_record_is_found(self):
        self.registrations["zulu"] = ("x", 1)
        self.assertIn("zulu: not settled", self.faults())


if __name__ == "__main__":
    unittest.main()
