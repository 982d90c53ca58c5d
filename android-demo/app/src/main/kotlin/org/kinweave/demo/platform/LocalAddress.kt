package org.kinweave.demo.platform

import android.content.Context
import android.net.ConnectivityManager
import java.net.Inet4Address

/** Where a phone on the same network can reach this one; itself alone where there is no network. */
fun localAddress(context: Context): String {
    val connectivity = context.getSystemService(ConnectivityManager::class.java)
    val links = connectivity?.activeNetwork?.let(connectivity::getLinkProperties)
    val address = links?.linkAddresses?.map { it.address }?.firstOrNull { it is Inet4Address && !it.isLoopbackAddress }
    return address?.hostAddress ?: "127.0.0.1"
}
