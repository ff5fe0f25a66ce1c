# Another folder beside the first, where nothing is recorded.
git clone --quiet . ../elsewhere
cd ../elsewhere
rm -rf bankhook.state
