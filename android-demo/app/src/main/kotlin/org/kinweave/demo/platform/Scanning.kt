package org.kinweave.demo.platform

import android.content.pm.PackageManager
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import com.journeyapps.barcodescanner.ScanContract
import com.journeyapps.barcodescanner.ScanOptions
import org.kinweave.demo.R

/**
 * Answers with what opens the camera and reads a code; null on a phone without one. The scanner asks for the camera itself, and
 * whoever refuses is back where they were, with nothing changed.
 */
@Composable
fun rememberScanner(onCode: (String) -> Unit): (() -> Unit)? {
    val launcher = rememberLauncherForActivityResult(ScanContract()) { result -> result.contents?.let(onCode) }
    val hasCamera = LocalContext.current.packageManager.hasSystemFeature(PackageManager.FEATURE_CAMERA_ANY)
    val prompt = stringResource(R.string.scan_prompt)
    val options =
        ScanOptions()
            .setDesiredBarcodeFormats(ScanOptions.QR_CODE)
            .setPrompt(prompt)
            .setOrientationLocked(false)
            .setBeepEnabled(false)
    return { launcher.launch(options) }.takeIf { hasCamera }
}
