# After lender: a remote that holds the branch main.
git init --quiet --bare --initial-branch=main ../remote.git
git remote add origin ../remote.git
git push --quiet --set-upstream origin main
