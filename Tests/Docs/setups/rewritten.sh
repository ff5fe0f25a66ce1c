# After branch: somebody sets the state branch back.
git fetch --quiet origin bankhook-state
git push --quiet --force origin FETCH_HEAD~1:refs/heads/bankhook-state
