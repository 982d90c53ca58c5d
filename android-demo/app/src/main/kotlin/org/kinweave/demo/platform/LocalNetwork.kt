package org.kinweave.demo.platform

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.platform.LocalContext

/** The name itself: the Android that this is compiled against doesn't have it yet. */
private const val ACCESS_LOCAL_NETWORK = "android.permission.ACCESS_LOCAL_NETWORK"

/** The first Android that asks for it, 17. Those before have never heard of it, and would refuse it. */
private const val FIRST_THAT_ASKS = 37

/**
 * Asks for the local network where Android wants that. Put it on a screen on which one sees why: who refuses keeps all that is
 * on this phone, and meets nobody.
 *
 * @param onGranted what failed without it can be begun again
 */
@Composable
fun AskForLocalNetwork(onGranted: () -> Unit) {
    val context = LocalContext.current
    val launcher = rememberLauncherForActivityResult(RequestPermission()) { isGranted -> if (isGranted) onGranted() }
    LaunchedEffect(Unit) {
        if (mustAsk(context)) launcher.launch(ACCESS_LOCAL_NETWORK)
    }
}

private fun mustAsk(context: Context) =
    Build.VERSION.SDK_INT >= FIRST_THAT_ASKS &&
        context.checkSelfPermission(ACCESS_LOCAL_NETWORK) != PackageManager.PERMISSION_GRANTED
