import SwiftUI

#if canImport(CoreImage)
    import CoreImage.CIFilterBuiltins
#endif

/// A code that another phone scans.
struct QRCode: View {
    private let text: String

    init(_ text: String) { self.text = text }

    var body: some View {
        drawn
            .frame(width: 240, height: 240)
            .accessibilityLabel("qr_code")
    }

    #if canImport(CoreImage)
        @ViewBuilder private var drawn: some View {
            if let image {
                Image(decorative: image, scale: 1).interpolation(.none).resizable()
            }
        }

        private var image: CGImage? {
            let filter = CIFilter.qrCodeGenerator()
            filter.message = Data(text.utf8)
            return filter.outputImage.flatMap { CIContext().createCGImage($0, from: $0.extent) }
        }
    #else
        /// Core Image draws it on a phone.
        private var drawn: some View { Color("Cover") }
    #endif
}
