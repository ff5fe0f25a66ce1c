# After receiving, with its endpoint stopped: three more that nobody took.
bankhook trigger completed --mode manual --link-id loan-2
bankhook trigger failed --mode net-banking --link-id loan-3
bankhook trigger completed --mode manual --entity-id entity-4
