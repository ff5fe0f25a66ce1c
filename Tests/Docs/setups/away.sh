# A new folder beside the one before, for another beginning.
mkdir ../another
cd ../another
