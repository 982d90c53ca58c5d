#!/bin/sh
# Makes an APK of what Maven has compiled: R8, resources, native libraries, alignment, a signature. What Gradle's plugin does
# elsewhere. The key is new each time and thrown away: whoever ships an app has one of their own.
#
# apk.sh ANDROID_JAR LIBRARIES   LIBRARIES has a folder an ABI with libkinweave_ffi.so; without one the APK holds none.
set -eu
cd "$(dirname "$0")"
android=$1
libraries=$2
work=target/apk
rm -rf "$work"
mkdir -p "$work/dex" "$work/lib"

# The app's classes and those of everything it is run with; the resources' names are in the app's.
jar cf "$work/app.jar" -C target/classes .
set -- --pg-conf rules.pro --pg-conf target/resources.pro
for rules in ../androidx/target/exploded/*/proguard.txt; do set -- "$@" --pg-conf "$rules"; done
jdk=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
old_ifs=$IFS
IFS=:
# shellcheck disable=SC2046 # A word a jar is meant.
set -- "$@" "$work/app.jar" $(cat target/main.classpath)
IFS=$old_ifs
# R8 asks for more of Java than Android has, only to look at.
java -Xmx3g -cp target/tools/r8.jar com.android.tools.r8.R8 --release --min-api 26 \
    --lib "$android" --lib "$jdk" --output "$work/dex" "$@" >"$work/r8.log" 2>&1 || { tail -20 "$work/r8.log"; exit 1; }

cp target/resources.ap_ "$work/unaligned.apk"
for folder in "$libraries"/*/; do
    abi=$(basename "$folder")
    if [ ! -f "$folder/libkinweave_ffi.so" ]; then continue; fi
    mkdir -p "$work/lib/$abi"
    cp "$folder/libkinweave_ffi.so" "$work/lib/$abi/"
    unzip -qoj target/tools/jna.aar "jni/$abi/libjnidispatch.so" -d "$work/lib/$abi"
done
(
    cd "$work"
    jar uMf unaligned.apk -C dex classes.dex
    # Coroutines look up their main thread by a service.
    if [ -d dex/META-INF/services ]; then jar uMf unaligned.apk -C dex META-INF/services; fi
    if [ -n "$(ls lib)" ]; then jar uMf unaligned.apk lib; fi
)
zipalign -f -p 4 "$work/unaligned.apk" "$work/aligned.apk"
key="$work/key.jks"
keytool -genkeypair -keystore "$key" -storepass thrown-away -keypass thrown-away -alias once -keyalg EC -groupname secp256r1 \
    -validity 1 -dname "CN=nobody" >/dev/null 2>&1
apksigner sign --ks "$key" --ks-pass pass:thrown-away --min-sdk-version 26 --out target/demo.apk "$work/aligned.apk"
rm "$key"
apksigner verify --min-sdk-version 26 target/demo.apk
zipalign -c -p 4 target/demo.apk
aapt2 dump permissions target/demo.apk
ls -l target/demo.apk
