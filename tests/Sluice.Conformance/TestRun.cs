using System.Diagnostics;
using System.Text.Json.Nodes;
using Sluice.Conformance.Cluster;
using Sluice.Conformance.Data;
using Sluice.Conformance.Statuses;

namespace Sluice.Conformance;

/// <summary>One test while it runs: its objects, its waits for statuses and its requests.</summary>
internal sealed partial class TestRun(Rig rig, TestDefinition? definition, CancellationToken cancellation)
{
    public const string Infra = "gateway-conformance-infra";
    public const string App = "gateway-conformance-app-backend";
    public const string Web = "gateway-conformance-web-backend";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DeleteLimit = TimeSpan.FromSeconds(30);

    /// <summary>Kinds whose objects the command shows in its status.</summary>
    private static readonly string[] ShownKinds = ["GatewayClass", "Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "ListenerSet", "BackendTLSPolicy"];

    private readonly List<ObjectKey> _applied = [];

    public Rig Rig => rig;

    public TestData Data => definition?.Data ?? throw new InvalidOperationException("The set-up has no test.");

    public CancellationToken Cancellation => cancellation;

    /// <summary>The Gateway that the data names, or the first of several.</summary>
    public ObjectKey Gateway => Gateways[0];

    public IReadOnlyList<ObjectKey> Gateways => Data.Gateways;

    public static ObjectKey GatewayKey(string name) =>
        name.Split('/') is [var space, var own] ? new ObjectKey("Gateway", space, own) : new ObjectKey("Gateway", Infra, name);

    public static ObjectKey HttpRoute(string name, string space = Infra) => new("HTTPRoute", space, name);

    public static ObjectKey TlsRoute(string name) => new("TLSRoute", Infra, name);

    public static ObjectKey TcpRoute(string name) => new("TCPRoute", Infra, name);

    public static ObjectKey UdpRoute(string name) => new("UDPRoute", Infra, name);

    public static ObjectKey ListenerSet(string name, string space = Infra) => new("ListenerSet", space, name);

    public static ObjectKey BackendTlsPolicy(string name) => new("BackendTLSPolicy", Infra, name);

    /// <summary>Applies the test's manifests, in the order of the data.</summary>
    public async Task ApplyAsync()
    {
        foreach (var manifest in definition!.Manifests)
            await ApplyAsync(ManifestFile.Read(await File.ReadAllTextAsync(manifest, cancellation), rig.Placeholders));
    }

    public async Task ApplyAsync(IReadOnlyList<JsonObject> documents)
    {
        _applied.AddRange(documents.Select(ObjectKey.Of));
        await rig.ApplyAsync(documents, cancellation);
    }

    /// <summary>Applies one object that a test makes up as it goes.</summary>
    public Task ApplyAsync(string yaml) => ApplyAsync(ManifestFile.Read(yaml, rig.Placeholders));

    /// <summary>Changes an object with a merge patch; its statuses of before no longer count.</summary>
    public async Task PatchAsync(ObjectKey key, string patch)
    {
        if (ShownKinds.Contains(key.Kind))
        {
            var before = (await rig.Sluice.Admin.StatusAsync(cancellation)).Generation(key) ?? throw new ConformanceException($"{key} is not in the status");
            rig.Generations.Changed(key, before);
        }
        rig.Objects.Patch(key, JsonNode.Parse(patch)!.AsObject());
    }

    public void Delete(ObjectKey key) => rig.Delete([key]);

    /// <summary>Deletes what was applied, and waits until nothing of it is shown any more.</summary>
    public async Task CleanUpAsync()
    {
        rig.Delete(_applied);
        var shown = _applied.Where(key => ShownKinds.Contains(key.Kind)).ToList();
        _applied.Clear();
        if (shown.Count > 0)
            await UntilAsync("the test's objects are gone", DeleteLimit, report => shown.Where(key => report.Generation(key) is not null).Select(key => $"{key} is still shown").FirstOrDefault());
    }

    /// <summary>Looks at the status every 100 ms until the check finds nothing wrong.</summary>
    /// <exception cref="ConformanceException">It found something wrong to the end.</exception>
    public async Task UntilAsync(string what, TimeSpan limit, Func<StatusReport, string?> check)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (check(await rig.Sluice.Admin.StatusAsync(cancellation)) is not { } problem)
                return;
            if (Stopwatch.GetElapsedTime(since) > limit)
                throw new ConformanceException($"{what}: {problem} (for {limit.TotalSeconds} s)");
            await Task.Delay(PollInterval, cancellation);
        }
    }
}
