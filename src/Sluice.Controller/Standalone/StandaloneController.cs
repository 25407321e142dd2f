using System.Diagnostics;
using System.Net;
using System.Threading.Channels;
using Sluice.Controller.Admin;
using Sluice.Controller.DevTls;
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
        });
        server.Faulted += reporter.Fault;
        using var authority = options.DevTls ? DevAuthority.OfUser(_clock) : null;
        var devCertificates = authority is null ? null : new DevCertificates(authority, _clock);
        var pipeline = UpdatePipeline.Standalone(options, new LocalDataPlane(server), _metrics, devCertificates, _clock);
        var admin = new AdminHandler(pipeline, _metrics, server.WriteMetrics, options.Version);
        var adminEndPoint = await ListenAdminAsync(server, admin);

        var updates = Channel.CreateBounded<SourceUpdate>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        using var source = new FilesSource(options.Paths);
        var latest = Follow(source, updates.Writer);
        reporter.Update(await pipeline.PutInForceAsync(latest));
        admin.IsReady = true;
        reporter.Ready(pipeline.State, adminEndPoint, _started.Elapsed);
        MemoryTrim.AfterStart();
        var loop = new UpdateLoop(pipeline, _clock) { Due = () => devCertificates?.RenewalDue, InForce = reporter.Update, OnDefect = reporter.Defect };
        try
        {
            await loop.RunAsync(latest, async token => await updates.Reader.ReadAsync(token), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            admin.IsReady = false;
            reporter.Draining(options.DrainTimeout);
            await server.DrainAsync(options.DrainTimeout);
        }
    }

    private static SourceUpdate Follow(FilesSource source, ChannelWriter<SourceUpdate> updates)
    {
        try
        {
            return source.Follow(update => updates.TryWrite(update));
        }
        catch (FilesSourceException error)
        {
            throw new StandaloneException(error.Message, error);
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
