# After branch: somebody deletes the state branch.
git push --quiet origin :refs/heads/bankhook-state
