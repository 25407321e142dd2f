using System.Runtime.InteropServices;
using Sluice.Proxy;

namespace Sluice.Controller.Telemetry;

/// <summary>SIGHUP opens the files of access logs anew. Without such a file it ends the process, as it does everywhere.</summary>
internal sealed class LogRotation(ProxyServer server) : IDisposable
{
    private readonly PosixSignalRegistration _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        if (!server.HasLogFiles)
            return;
        context.Cancel = true;
        server.ReopenLogs();
    });

    public void Dispose() => _registration.Dispose();
}
