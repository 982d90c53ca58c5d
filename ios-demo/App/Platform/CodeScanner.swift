import SwiftUI

#if canImport(VisionKit) && canImport(UIKit)
    import VisionKit

    /// Reads a code with the camera, where the phone can; else the code comes as text.
    struct CodeScanner: View {
        let onCode: @MainActor (String) -> Void
        @State private var isScanning = false

        var body: some View {
            if DataScannerViewController.isSupported && DataScannerViewController.isAvailable {
                Button("scan_code") { isScanning = true }
                    .sheet(isPresented: $isScanning) {
                        Camera { code in
                            isScanning = false
                            onCode(code)
                        }
                    }
            }
        }
    }

    private struct Camera: UIViewControllerRepresentable {
        let onCode: @MainActor (String) -> Void

        func makeUIViewController(context: Context) -> DataScannerViewController {
            let scanner = DataScannerViewController(recognizedDataTypes: [.barcode(symbologies: [.qr])])
            scanner.delegate = context.coordinator
            return scanner
        }

        func updateUIViewController(_ scanner: DataScannerViewController, context: Context) {
            // Without a camera nothing is scanned, and the sheet can be closed.
            try? scanner.startScanning()
        }

        func makeCoordinator() -> Coordinator { Coordinator(onCode: onCode) }

        final class Coordinator: NSObject, DataScannerViewControllerDelegate {
            private let onCode: @MainActor (String) -> Void

            init(onCode: @escaping @MainActor (String) -> Void) { self.onCode = onCode }

            func dataScanner(
                _ scanner: DataScannerViewController, didAdd added: [RecognizedItem], allItems: [RecognizedItem]
            ) {
                for case .barcode(let code) in added {
                    if let text = code.payloadStringValue { return onCode(text) }
                }
            }
        }
    }
#else
    /// There is no camera: the code comes as text.
    struct CodeScanner: View {
        let onCode: @MainActor (String) -> Void

        var body: some View { EmptyView() }
    }
#endif
