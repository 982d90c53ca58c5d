#if canImport(UIKit)
    import UIKit
#endif

/// Asks the system for the moment that it takes to let go of the database. An app that is suspended while it holds a lock on one
/// is ended.
@MainActor
func finishInBackground(_ work: Task<Void, Never>) {
    #if canImport(UIKit)
        let application = UIApplication.shared
        let moment = application.beginBackgroundTask()
        Task {
            await work.value
            application.endBackgroundTask(moment)
        }
    #endif
}
