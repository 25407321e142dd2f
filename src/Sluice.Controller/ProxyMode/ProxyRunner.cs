using System.Net;
using Sluice.Controller.Admin;
using Sluice.Controller.Standalone;
using Sluice.Controller.Telemetry;
using Sluice.Proxy;

namespace Sluice.Controller.ProxyMode;

/// <summary>The data plane of one Gateway in a process of its own, configured by a controller over the configuration stream.</summary>
public sealed class ProxyRunner(ProxyModeOptions options, ProxyModeReporter reporter)
{
    /// <summary>Called with the admin endpoint's address, once it is there.</summary>
    public Action<IPEndPoint?>? WhenStarted { get; init; }

    /// <summary>Serves until <paramref name="stop"/> is cancelled, then drains.</summary>
    /// <exception cref="ProxyModeException">The state folder cannot be used, or an address cannot be bound.</exception>
    /// <exception cref="StandaloneException">The key of session tokens, or the token of explanations, cannot be used.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var journal = options.StateFolder is { } folder ? ConfigurationJournal.Open(folder, reporter.StateProblem) : null;
        await using var server = new ProxyServer(new ProxyOptions
        {
            Workers = options.Workers ?? Environment.ProcessorCount,
            SessionKey = options.SessionKeyFile is { } file ? SessionKeyFile.Load(file) : null,
            MetricsDetail = options.MetricsDetail,
            Version = options.Version,
        });
        server.Faulted += reporter.Fault;
        server.TelemetryReported += reporter.Problem;
        server.PolicyReported += reporter.Problem;
        using var rotation = new LogRotation(server);
        await using var explainToken = ExplainTokenFile.Open(options.ExplainTokenFile, server, reporter.StateProblem, TimeProvider.System);
        var address = new ControllerAddress(options.ControllerHost, options.ControllerPort, options.Gateway, options.TokenFile, options.CaFile, options.ServerName);
        var keeper = new ConfigurationKeeper(journal);
        var configurator = new ProxyConfigurator(server, options, journal, keeper, reporter);
        var client = new StreamClient(address, configurator, reporter);
        var admin = new ProxyAdminHandler(server, configurator, client, options.Version);
        var (endPoint, probes) = await AdminEndPoints.ListenAsync(server, admin, options.Admin, options.Probes, (message, error) => new ProxyModeException(message, error));
        reporter.Started(options.Gateway, address.ToString(), endPoint, probes);
        WhenStarted?.Invoke(endPoint);

        await ProxyRehearsal.RunAsync(server);
        await configurator.RestoreAsync();
        using var end = new CancellationTokenSource();
        Task[] parts = [client.RunAsync(end.Token), configurator.RunAsync(end.Token), keeper.RunAsync(end.Token)];

        // One that fails ends the process, which is started again: half of it would serve what is in force for ever.
        var running = Task.WhenAny(parts).Unwrap();
        try
        {
            await running.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Load balancers look at readiness before anything is refused; until they have, changes are followed.
            admin.BeginStop();
            reporter.Stopping(options.DrainDelay, options.DrainTimeout);
            await Task.WhenAny(Task.Delay(options.DrainDelay, CancellationToken.None), running);
        }
        finally
        {
            await end.CancelAsync();
        }

        await Task.WhenAll(parts);
        await server.DrainAsync(options.DrainTimeout);
    }
}
