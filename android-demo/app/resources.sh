#!/bin/sh
# Compiles the resources of every AAR and of the app into one table, and writes R.java and what R8 must not rename: what Gradle's
# plugin does elsewhere.
# The framework is Debian's, of Android 10: what is newer is left out of the libraries' resources.
set -eu
cd "$(dirname "$0")"
framework=${1:-/usr/share/android-framework-res/framework-res.apk}
exploded=../androidx/target/exploded
rm -rf target/resources target/compiled target/generated
mkdir -p target/compiled target/generated

for folder in "$exploded"/*/res; do
    name=$(basename "$(dirname "$folder")")
    mkdir -p "target/resources/$name"
    cp -r "$folder" "target/resources/$name/"
    rm -rf "target/resources/$name"/res/*-v3[0-9]
    values="target/resources/$name/res/values/values.xml"
    if [ -f "$values" ]; then sed -i '/android:lStar/d' "$values"; fi
    aapt2 compile --dir "target/resources/$name/res" -o "target/compiled/$name.zip"
done
# Named so that they come last, over those of the libraries.
aapt2 compile --dir src/main/res -o target/compiled/zz-app.zip
# The framework here doesn't know the rules that Android 12 reads, which Gradle's build has.
sed -e 's|<manifest |<manifest package="org.kinweave.demo" android:versionCode="1" android:versionName="0.1.0" |' \
    -e '/android:dataExtractionRules/d' src/main/AndroidManifest.xml >target/AndroidManifest.xml

packages=$(sed -n 's/.*package="\([^"]*\)".*/\1/p' "$exploded"/*/AndroidManifest.xml | sort -u | paste -sd: -)
set -- target/compiled/*.zip
tables=
for table in "$@"; do tables="$tables -R $table"; done
# shellcheck disable=SC2086 # Several words are meant.
aapt2 link -I "$framework" --manifest target/AndroidManifest.xml -o target/resources.ap_ --java target/generated --proguard target/resources.pro \
    --extra-packages "$packages" --auto-add-overlay --min-sdk-version 26 --target-sdk-version 35 $tables
