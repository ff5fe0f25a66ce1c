/// The style of the status page: light and dark, wide and narrow.
enum StatusPageStyle {
    /// On a narrow screen each row of a table becomes a card.
    static let text = """
        :root{color-scheme:light dark;--paper:#fbfbfa;--card:#fff;--ink:#1d2126;--quiet:#5d6670;\
        --line:#e3e5e8;--bad:#b42318;--bad-soft:#fde5e2;--good:#14663c;--good-soft:#dcf3e6}
        @media(prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1b1f24;--ink:#e7eaed;\
        --quiet:#9aa4ae;--line:#30363d;--bad:#ff8a7e;--bad-soft:#45201c;--good:#5fd396;\
        --good-soft:#153524}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:2rem 1.5rem 3rem;max-width:80rem;background:var(--paper);\
        color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem 1rem}
        h1{margin:0;font-size:1.6rem;letter-spacing:-.01em}
        h2{margin:2.2rem 0 .7rem;font-size:1.05rem}
        h2 span{margin-left:.3rem;color:var(--quiet);font-weight:400}
        p{margin:0}
        #live,.quiet,small{color:var(--quiet)}
        #live:before{content:"";display:inline-block;width:.6em;height:.6em;margin-right:.4em;\
        border-radius:50%;background:var(--quiet)}
        #live.on:before{background:var(--good)}
        #live.off{color:var(--bad)}
        #live.off:before{background:var(--bad)}
        .quiet{margin:.4rem 0;font-size:.9rem}
        small{font-size:.85em}
        .mono,pre,summary{font-family:ui-monospace,monospace;font-size:.92em;overflow-wrap:anywhere}
        table{width:100%;border-collapse:separate;border-spacing:0;background:var(--card);\
        border:1px solid var(--line);border-radius:10px;font-size:.88rem}
        th,td{padding:.5rem .9rem;text-align:left;vertical-align:top}
        th{color:var(--quiet);font-weight:500;white-space:nowrap}
        td{border-top:1px solid var(--line);overflow-wrap:anywhere}
        time{white-space:nowrap;font-variant-numeric:tabular-nums}
        .badge{display:inline-block;padding:0 .5em;border-radius:5px;font-weight:600;\
        white-space:nowrap}
        .good{color:var(--good);background:var(--good-soft)}
        .bad{color:var(--bad);background:var(--bad-soft)}
        summary{overflow:hidden;color:var(--quiet);cursor:pointer;white-space:nowrap;\
        text-overflow:ellipsis}
        td[data-label=body]{width:30%;min-width:16rem;max-width:0}
        td[data-label=at],td[data-label=sent]{width:12rem}
        details[open] summary{color:var(--ink)}
        summary:focus-visible{outline:2px solid currentColor;outline-offset:2px}
        pre{margin:.4rem 0 0;white-space:pre-wrap}
        @media(max-width:52rem){body{padding:1.2rem .9rem 2rem}
        thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table,tbody,tr,td{display:block}
        tr{padding:.6rem .9rem}
        tr+tr{border-top:1px solid var(--line)}
        tr td[data-label]{position:relative;width:auto;min-width:0;max-width:none;min-height:1.7em;\
        padding:.1rem 0 .1rem 8rem;border:0}
        td:before{content:attr(data-label);position:absolute;left:0;color:var(--quiet);\
        font:400 .88rem/1.6 system-ui,sans-serif}}
        """
}
