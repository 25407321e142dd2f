using System.Diagnostics;
using System.Text.Json.Nodes;
using Sluice.Controller.Addresses;
using Sluice.Controller.Admin;
using Sluice.Controller.Clustered.Infrastructure;
using Sluice.Controller.Memory;
using Sluice.Controller.Publishing;
using Sluice.Controller.Standalone;
using Sluice.Controller.Statuses;
using Sluice.Controller.Telemetry;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Events;
using Sluice.Kubernetes.Installing;
using Sluice.Kubernetes.Leases;
using Sluice.Kubernetes.Watching;
using Sluice.Proxy;
using Sluice.Resources;
using Sluice.Translation;

namespace Sluice.Controller.Clustered;

/// <summary>
/// The controller of a cluster: follows its objects, has the Gateways of our classes served, and writes what came of it into their
/// statuses. While the API server is away everything stays as it was seen last.
/// </summary>
public sealed class ClusterController(ClusterOptions options, ClusterReporter reporter)
{
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly ControllerMetrics _metrics = new();
    private readonly Stopwatch _started = Stopwatch.StartNew();
    private volatile bool _isLeader;

    /// <summary>Serves until <paramref name="stop"/> is cancelled, then drains.</summary>
    /// <exception cref="ClusterException">An address cannot be bound, or the address pool or a key that is kept in a file cannot be used.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await ServeAsync(stop);
        }
        catch (Exception error) when (error is StandaloneException or AddressPoolException)
        {
            throw new ClusterException(error.Message, error);
        }
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        reporter.Connecting(options.Access);
        await using var server = new ProxyServer(new ProxyOptions
        {
            Workers = options.Infrastructure == InfrastructureKind.Kubernetes ? 1 : options.Workers ?? Environment.ProcessorCount,
            SessionKey = options.SessionKeyFile is { } file ? SessionKeyFile.Load(file) : null,
            MetricsDetail = options.MetricsDetail,
            Version = options.Version,
        });
        server.Faulted += reporter.Fault;
        server.TelemetryReported += reporter.Problem;
        server.PolicyReported += reporter.Problem;
        using var rotation = new LogRotation(server);
        await using var explainToken = ExplainTokenFile.Open(options.ExplainTokenFile, server, reporter.Problem, _clock);
        using var client = new KubernetesClient(options.Access);
        var names = options.AllControllerNames;
        var steady = new SteadyClock(_clock);
        var book = new StatusBook(names, steady);
        ClusterMetrics? metrics = null;
        var source = new ClusterSource(client, names, book, OnWatch, _clock);
        await using var events = new EventRecorder(client, new EventRecorderOptions { Controller = names[0], Instance = Environment.MachineName });
        var writer = new StatusWriter(book, source, new StatusMerge(names), steady) { TimeOfDay = _clock, OnFailure = reporter.StatusFailed, Written = Record };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var background = new List<Task>();
        AdminHandler? admin = null;

        // Outlives the draining: without it the addresses would be gone.
        await using var infrastructure = Infrastructure(client, server, source, OnWatch);
        try
        {
            metrics = new ClusterMetrics(writer, book, infrastructure, () => _isLeader);
            var pipeline = new UpdatePipeline(infrastructure.Addresses, Translator(infrastructure.Addresses), infrastructure.DataPlane, _metrics, _clock);
            var statuses = new StatusPublisher(book, names);
            admin = new AdminHandler(pipeline, _metrics, server.WriteMetrics, options.Version)
            {
                WriteMore = metrics.Write,
                State = options.StateMetrics ? new StateFamilies(() => statuses.BundleVersion) : null,
                ShowsState = () => _isLeader,
                Top = () => TopQuery.Answer(server),
            };
            var (adminEndPoint, probes) = await AdminEndPoints.ListenAsync(server, admin, options.Admin, options.Probes, (message, error) => new ClusterException(message, error));

            var synced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            background.Add(source.RunAsync(synced.SetResult, ending.Token));
            background.Add(infrastructure.RunAsync(ending.Token));
            background.Add(new BundleVersion(client, _clock).RunAsync(statuses.SetBundleVersion, ending.Token));
            await await Task.WhenAny(Task.WhenAll(synced.Task, infrastructure.HasSynced), background[0], background[1]);
            if (infrastructure is HostServing host)
                Remember(source.State.PublishedAddresses, host.Pool);
            var latest = source.Take() ?? ClusterUpdate.Of(ResourceSnapshot.Empty, []);
            InForce(await pipeline.PutInForceAsync(latest));
            admin.IsReady = true;
            reporter.Ready(pipeline.State, adminEndPoint, probes, _started.Elapsed);
            await Rehearsal.RunAsync();
            MemoryTrim.AfterStart();
            background.Add(LeadAsync(client, token => AllAsync(writer.RunAsync(token), infrastructure.LeadAsync(token)), ending.Token));
            background.Add(new UpdateLoop(pipeline, _clock) { InForce = InForce, OnDefect = reporter.Defect }.RunAsync(latest, source.NextAsync, ending.Token));
            await await Task.WhenAny(background);

            void InForce(ControllerState state)
            {
                statuses.Publish(state);
                infrastructure.Want(state);
                reporter.Update(state);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            admin?.IsReady = false;
            reporter.Draining(options.DrainTimeout);
            await server.DrainAsync(options.DrainTimeout);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(background).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void OnWatch(WatchStatus status)
        {
            metrics?.Watch(status);
            reporter.Watch(status);
        }

        void Record(StatusRecord record, string uid, JsonNode? before, object wanted)
        {
            foreach (var (type, reason, note) in StatusEvents.Of(before, wanted))
                events.Record(new EventTarget(source.ResourceOf(record.Kind), record.Key, uid), type, reason, "WriteStatus", note);
        }
    }

    /// <summary>Waits for all, and not for the others when one fails: half a leader would keep the Lease and do half of the work.</summary>
    private static async Task AllAsync(params Task[] parts)
    {
        await await Task.WhenAny(parts);
        await Task.WhenAll(parts);
    }

    private IInfrastructure Infrastructure(KubernetesClient client, ProxyServer server, ClusterSource source, Action<WatchStatus> onWatch) =>
        options.Infrastructure == InfrastructureKind.Host
            ? new HostServing(options, client, server, onWatch, reporter.Problem, _clock)
            : new KubernetesServing(options, client, server, onWatch, reporter.Problem, source.Nudge, _clock);

    /// <summary>Gateways get the addresses that they had before this process was started.</summary>
    private static void Remember(IReadOnlyDictionary<NamespacedName, IReadOnlyList<string>> published, GatewayAddressPool pool)
    {
        foreach (var (gateway, addresses) in published)
        {
            foreach (var address in addresses)
                pool.Remember(gateway, address);
        }
    }

    private Translator Translator(IGatewayAddresses addresses) => new(new TranslatorOptions
    {
        ControllerNames = options.AllControllerNames,
        TrustedHops = options.TrustedHops,
        Telemetry = options.Telemetry,
        RequireParameters = options.Infrastructure == InfrastructureKind.Kubernetes,
        Addresses = addresses,
    });

    /// <summary>Does what only one controller may do, whenever this is the one.</summary>
    private async Task LeadAsync(KubernetesClient client, Func<CancellationToken, Task> lead, CancellationToken cancellation)
    {
        if (!options.ElectsLeader)
        {
            await Lead(cancellation);
            return;
        }
        var identity = $"{Environment.MachineName}_{Guid.NewGuid():N}";
        var election = new LeaderElection(client, new LeaderElectionOptions
        {
            Lease = new NamespacedName(options.OwnNamespace, InstallationNames.Controller),
            Identity = identity,
            OnLeaderChanged = leader => reporter.Leader(leader, leader == identity),
            OnProblem = problem =>
            {
                if (problem is not null)
                    reporter.Problem(problem);
            },
        });
        await election.RunAsync(Lead, cancellation);

        async Task Lead(CancellationToken token)
        {
            _isLeader = true;
            try
            {
                await lead(token);
            }
            finally
            {
                _isLeader = false;
            }
        }
    }
}
