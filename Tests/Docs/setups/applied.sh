# After lender: both environments registered, their records committed.
bankhook apply --auto-approve
git add --all
git commit --quiet --message "Register uat and production"
