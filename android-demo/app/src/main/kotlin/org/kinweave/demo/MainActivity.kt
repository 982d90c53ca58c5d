package org.kinweave.demo

import android.content.Context
import android.os.Bundle
import android.view.WindowManager
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.lifecycleScope
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.launch
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.DemoTheme
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Told
import org.kinweave.demo.platform.Opening
import org.kinweave.demo.platform.PhoneLock
import org.kinweave.demo.platform.inLanguage

class MainActivity : ComponentActivity() {
    private val models: Models by viewModels()
    private lateinit var lock: PhoneLock

    override fun attachBaseContext(base: Context) = super.attachBaseContext(base.inLanguage(app(base).preferences.language.value))

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        // Neither in the app switcher nor in a screenshot is anything to be read.
        window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
        lock = PhoneLock(this)
        setContent { DemoTheme { Root() } }
        // Labels are read anew.
        lifecycleScope.launch {
            app(this@MainActivity)
                .preferences.language
                .drop(1)
                .collect { recreate() }
        }
    }

    override fun onStop() {
        super.onStop()
        if (!isChangingConfigurations) lock.close()
    }

    @Composable
    private fun Root() {
        val app = app(this)
        val opening by app.phoneHome.opening.collectAsStateWithLifecycle()
        val isAppLocked by app.preferences.isAppLocked.collectAsStateWithLifecycle()
        val isOpen by lock.isAppOpen.collectAsStateWithLifecycle()
        when (val it = opening) {
            is Opening.Open ->
                if (isAppLocked && lock.isSet && !isOpen) {
                    LockedApp()
                } else {
                    App(it.family, models, lock, app.preferences, app.phoneHome::comeNear)
                }
            is Opening.Failed ->
                Page(stringResource(R.string.app_name)) {
                    Told(it.problem)
                    MainButton(stringResource(R.string.try_again)) { app.phoneHome.open() }
                }
            is Opening.Begun -> Page(stringResource(R.string.app_name)) { Body(stringResource(R.string.loading)) }
        }
    }

    @Composable
    private fun LockedApp() =
        Page(stringResource(R.string.app_name)) {
            Body(stringResource(R.string.app_locked))
            MainButton(stringResource(R.string.unlock), onClick = lock::openApp)
        }

    private fun app(context: Context) = context.applicationContext as DemoApplication
}
