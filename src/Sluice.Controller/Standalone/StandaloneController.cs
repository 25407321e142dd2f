using System.Diagnostics;
using System.Net;
using Sluice.ApiServer;
using Sluice.Controller.Admin;
using Sluice.Controller.DevTls;
using Sluice.Controller.Embedded;
using Sluice.Controller.Files;
using Sluice.Controller.Memory;
using Sluice.Controller.Publishing;
using Sluice.Controller.Telemetry;
using Sluice.Proxy;

namespace Sluice.Controller.Standalone;

/// <summary>
/// Sluice without a cluster: manifests are followed, translated, and served by the data plane in this process. One update at
/// a time; when updates come faster than they can be put in force, only the latest counts.
/// </summary>
public sealed class StandaloneController(StandaloneOptions options, StandaloneReporter reporter)
{
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly ControllerMetrics _metrics = new();
    private readonly Stopwatch _started = Stopwatch.StartNew();

    /// <summary>Serves until <paramref name="stop"/> is cancelled, then drains.</summary>
    /// <exception cref="StandaloneException">A path does not exist, the admin address cannot be bound, or a key that is kept in a file cannot be used.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var server = new ProxyServer(new ProxyOptions
        {
            Workers = options.Workers ?? Environment.ProcessorCount,
            SessionKey = options.SessionKeyFile is { } file ? SessionKeyFile.Load(file) : null,
            MetricsDetail = options.MetricsDetail,
            Version = options.Version,
        });
        server.Faulted += reporter.Fault;
        server.TelemetryReported += reporter.Warn;
        server.PolicyReported += reporter.Warn;
        using var rotation = new LogRotation(server);
        await using var explainToken = ExplainTokenFile.Open(options.ExplainTokenFile, server, reporter.Warn, _clock);
        using var authority = options.DevTls ? DevAuthority.OfUser(_clock) : null;
        var devCertificates = authority is null ? null : new DevCertificates(authority, _clock);
        var pipeline = UpdatePipeline.Standalone(options, new LocalDataPlane(server), _metrics, devCertificates, _clock);
        var admin = new AdminHandler(pipeline, _metrics, server.WriteMetrics, options.Version)
        {
            State = options.StateMetrics ? new StateFamilies(() => KubernetesApi.GatewayApiVersion) : null,
            Top = () => TopQuery.Answer(server),
        };
        var adminEndPoint = await ListenAdminAsync(server, admin);

        await using var api = options.Api is null ? null : new EmbeddedApi(options, reporter, _clock);
        using var source = new StandaloneSource(options.Paths, api);
        if (api is not null)
            await api.OpenAsync();
        var apiAddress = api is null ? null : await ListenApiAsync(server, api, options.Api!);
        var latest = Start(source);
        InForce(await pipeline.PutInForceAsync(latest));
        admin.IsReady = true;
        if (apiAddress is not null)
            reporter.ApiListens(apiAddress, api!.Keeping);
        reporter.Ready(pipeline.State, adminEndPoint, _started.Elapsed);
        MemoryTrim.AfterStart();
        var loop = new UpdateLoop(pipeline, _clock) { Due = () => devCertificates?.RenewalDue, InForce = InForce, OnDefect = reporter.Defect };
        try
        {
            await loop.RunAsync(latest, source.NextAsync, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            admin.IsReady = false;
            reporter.Draining(options.DrainTimeout);
            if (api is not null)
                await api.DisposeAsync();
            await server.DrainAsync(options.DrainTimeout);
        }

        void InForce(ControllerState state)
        {
            reporter.Update(state);
            api?.Publish(state);
        }
    }

    private static SourceUpdate Start(StandaloneSource source)
    {
        try
        {
            return source.Start();
        }
        catch (FilesSourceException error)
        {
            throw new StandaloneException(error.Message, error);
        }
    }

    /// <summary>The URL; null when the address, which nobody has asked for, cannot be had.</summary>
    private async Task<string?> ListenApiAsync(ProxyServer server, EmbeddedApi api, StandaloneApiOptions wanted)
    {
        try
        {
            var bound = await server.ListenLocalAsync(wanted.EndPoint, api, wanted.Tls);
            return $"{(wanted.Tls is null ? "http" : "https")}://{bound}";
        }
        catch (IOException error)
        {
            var problem = $"the Kubernetes API cannot listen on {error.Message}. Choose another address with --api HOST:PORT, or --api off";
            if (wanted.IsRequired)
                throw new StandaloneException($"{problem}.", error);
            reporter.Warn($"{problem}; everything else is served");
            return null;
        }
    }

    private async Task<IPEndPoint?> ListenAdminAsync(ProxyServer server, AdminHandler admin)
    {
        if (options.Admin is null)
            return null;
        try
        {
            return await server.ListenLocalAsync(options.Admin, admin);
        }
        catch (IOException error)
        {
            throw new StandaloneException($"The admin endpoint cannot listen on {error.Message}. Choose another address with --admin HOST:PORT, or --admin off.", error);
        }
    }
}
