# After receiving, with its endpoint stopped: three more that nobody took.
bankhook trigger completed --mode manual --link-id loan-2 --account acct-d307333a
bankhook trigger failed --mode net-banking --link-id loan-3 --account acct-d307333a
bankhook trigger completed --mode manual --entity-id entity-4 --account acct-d307333a
