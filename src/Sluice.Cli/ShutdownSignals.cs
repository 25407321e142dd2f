using System.Runtime.InteropServices;

namespace Sluice.Cli;

/// <summary>SIGINT and SIGTERM: the first asks for an orderly stop, the second ends the process at once.</summary>
internal sealed class ShutdownSignals : IDisposable
{
    /// <summary>128 + SIGTERM, what a shell reports for a process ended by that signal.</summary>
    private const int AbruptExitCode = 143;

    private readonly CancellationTokenSource _requested = new();
    private readonly PosixSignalRegistration[] _registrations;

    public ShutdownSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    public CancellationToken Requested => _requested.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _requested.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_requested.IsCancellationRequested)
            Environment.Exit(AbruptExitCode);
        _requested.Cancel();
    }
}
