# After lender and remote: the records on a branch of it.
cat >> bankhook.yaml <<'END'

state:
  git: { remote: origin, branch: bankhook-state }
END
bankhook state init
bankhook apply --auto-approve
rm -rf bankhook.state
git add --all
git commit --quiet --message "Keep the records on a branch"
git push --quiet origin main
