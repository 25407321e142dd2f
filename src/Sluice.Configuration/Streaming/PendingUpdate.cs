using System.Text.Json;
using Sluice.Configuration.Json;
using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration.Streaming;

/// <summary>An update that has begun and not ended.</summary>
internal sealed class PendingUpdate(long version, ConfigurationTables from)
{
    private readonly ProxyConfiguration _old = from.Configuration;
    private string _gateway = from.Configuration.Gateway;
    private IReadOnlyList<string> _addresses = from.Configuration.Addresses;
    private TelemetrySettings? _telemetry = from.Configuration.Telemetry;
    private ListBuilder<TlsCertificate>? _certificates;
    private ListBuilder<RouteRule>? _rules;
    private ListBuilder<Cluster>? _clusters;
    private ListBuilder<PendingListener>? _listeners;
    private FrameType _last = FrameType.Begin;

    public long Version => version;

    private IReadOnlyList<RouteRule> Rules => _rules?.Items ?? from.Rules;

    private IReadOnlyList<TlsCertificate> Certificates => _certificates?.Items ?? from.Certificates;

    /// <summary>Frames come in order, so that what they name is complete.</summary>
    public void Expect(FrameType type)
    {
        if (type < _last)
            throw new StreamFormatException($"frame {type} comes after {_last}");
        _last = type;
    }

    public void ReadHead(JsonElement element)
    {
        _gateway = element.Text("gateway");
        _addresses = element.Texts("addresses");
        _telemetry = TelemetryReader.Read(element);
    }

    public void ReadCertificates(JsonElement element) =>
        (_certificates ??= new(from.Certificates)).Add(Items(element), TlsReader.CertificateOrWithoutKey);

    public void ReadRules(JsonElement element) => (_rules ??= new(from.Rules)).Add(Items(element), RuleReader.Rule);

    public void ReadClusters(JsonElement element) => (_clusters ??= new(_old.Clusters)).Add(Items(element), ReadCluster);

    public void ReadListeners(JsonElement element) => (_listeners ??= new([.. _old.Listeners.Select(PendingListener.Kept)]))
        .Add(Items(element), item => PendingListener.Read(item, _old.Listeners, Certificate));

    public void ReadRoutes(JsonElement element)
    {
        var listener = At(_listeners?.Items ?? [], element.Number("listener"), "listener");
        listener.ReadRoutes(element.Number("host"), Items(element), entry =>
            new RouteEntry(RuleReader.Match(entry.Member("match")), At(Rules, entry.Number("rule"), "rule")));
    }

    public ConfigurationTables Build() => new(
        new ProxyConfiguration
        {
            Gateway = _gateway,
            Addresses = _addresses,
            Telemetry = _telemetry,
            Clusters = _clusters?.ToArray() ?? _old.Clusters,
            Listeners = _listeners is null ? _old.Listeners : [.. _listeners.Items.Select(listener => listener.Build())],
        },
        _rules?.ToArray() ?? from.Rules,
        _certificates?.ToArray() ?? from.Certificates);

    /// <summary>The item with this number.</summary>
    /// <exception cref="StreamFormatException">There is none.</exception>
    public static T At<T>(IReadOnlyList<T> items, int index, string what) =>
        (uint)index < (uint)items.Count ? items[index] : throw new StreamFormatException($"there is no {what} {index}; there are {items.Count}");

    private static JsonElement Items(JsonElement element) =>
        element.OptionalElement("items") is { ValueKind: JsonValueKind.Array } items ? items : throw JsonFields.Wrong("items", "a list");

    private TlsCertificate Certificate(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var index) ? At(Certificates, index, "certificate") : throw JsonFields.Wrong("certificates", "numbers");

    private Cluster ReadCluster(JsonElement element)
    {
        if (element.OptionalNumber("from") is not { } index)
            return ConfigurationReader.Cluster(element, Certificate);
        var before = At(_old.Clusters, index, "cluster");
        if (element.OptionalElement("endpoints") is not { ValueKind: JsonValueKind.Array } pieces)
            return before with { };
        var endpoints = new ListBuilder<Endpoint>(before.Endpoints);
        endpoints.Add(pieces, ConfigurationReader.Endpoint);
        return before with { Endpoints = endpoints.ToArray() };
    }
}
