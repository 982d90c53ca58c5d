#!/bin/sh
# Makes KinweaveFFI.xcframework beside Package.swift: the library for iPhones, their simulators and Macs. For a Mac with Xcode
# and rustup. `cargo xtask package ios` writes the generated Swift first, and then runs this.
set -eu
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
headers=$target/xcframework/headers
framework=$PWD/KinweaveFFI.xcframework

if ! xcodebuild -version >/dev/null 2>&1; then
    echo "Xcode is missing: install it, and choose it with xcode-select." >&2
    exit 1
fi
if [ ! -d Sources/KinweaveFFI/include ]; then
    echo "The headers are missing: run \`cargo xtask bindings\` first." >&2
    exit 1
fi

export IPHONEOS_DEPLOYMENT_TARGET=17.0
export MACOSX_DEPLOYMENT_TARGET=14.0
for triple in aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin x86_64-apple-darwin; do
    rustup target add "$triple"
    cargo rustc --manifest-path "$root/Cargo.toml" --profile dist -p kinweave-ffi --lib --crate-type staticlib \
        --target "$triple"
done

# One library holds one platform: its processors side by side.
library=libkinweave_ffi.a
mkdir -p "$target/xcframework/simulator" "$target/xcframework/mac"
lipo -create -output "$target/xcframework/simulator/$library" \
    "$target/aarch64-apple-ios-sim/dist/$library" "$target/x86_64-apple-ios/dist/$library"
lipo -create -output "$target/xcframework/mac/$library" \
    "$target/aarch64-apple-darwin/dist/$library" "$target/x86_64-apple-darwin/dist/$library"

rm -rf "$headers" "$framework"
mkdir -p "$headers"
cp Sources/KinweaveFFI/include/*.h Sources/KinweaveFFI/module.modulemap "$headers/"
# Beside the headers it names them without their folder; and what is linked, the framework says.
sed -i '' -e 's|include/||' -e '/link /d' "$headers/module.modulemap"

xcodebuild -create-xcframework \
    -library "$target/aarch64-apple-ios/dist/$library" -headers "$headers" \
    -library "$target/xcframework/simulator/$library" -headers "$headers" \
    -library "$target/xcframework/mac/$library" -headers "$headers" \
    -output "$framework"
