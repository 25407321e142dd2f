using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Controller.Statuses;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Offline;

/// <summary>
/// What a cluster's statuses say of Programmed, which only a controller can know: whoever looks at the objects from outside has no
/// data plane to ask. Everything else is judged from the objects.
/// </summary>
internal sealed class ObservedProgramming
{
    private const string Programmed = "Programmed";

    private readonly Dictionary<(string Kind, NamespacedName Key), JsonNode> _statuses = [];

    /// <summary>Notes the status of a Gateway or ListenerSet.</summary>
    /// <exception cref="JsonException">It is no Kubernetes object.</exception>
    public void Add(string kind, ReadOnlyMemory<byte> json)
    {
        if (kind is not ("Gateway" or "ListenerSet"))
            return;
        var envelope = ObjectEnvelope.Read(json.Span);
        if (envelope.StatusLength > 0 && JsonNode.Parse(json.Span.Slice(envelope.StatusStart, envelope.StatusLength)) is { } status)
            _statuses[(kind, envelope.Key)] = status;
    }

    public GatewayStatus Complete(NamespacedName key, GatewayStatus pending) => _statuses.TryGetValue(("Gateway", key), out var status)
        ? pending with { Conditions = Decide(pending.Conditions, status["conditions"]), Listeners = Decide(pending.Listeners, status) }
        : pending;

    public ListenerSetStatus Complete(NamespacedName key, ListenerSetStatus pending) => _statuses.TryGetValue(("ListenerSet", key), out var status)
        ? pending with { Conditions = Decide(pending.Conditions, status["conditions"]), Listeners = Decide(pending.Listeners, status) }
        : pending;

    private static IReadOnlyList<ListenerStatus> Decide(IReadOnlyList<ListenerStatus> pending, JsonNode status) =>
    [
        .. pending.Select(listener => listener with
        {
            Conditions = Decide(listener.Conditions, (status["listeners"] as JsonArray)?.FirstOrDefault(item => ConditionMerge.Text(item, "name") == listener.Name)?["conditions"]),
        }),
    ];

    // Unknown is what the CRD's default says before any controller has looked at it.
    private static IReadOnlyList<Condition> Decide(IReadOnlyList<Condition> pending, JsonNode? observed)
    {
        var said = (observed as JsonArray)?.FirstOrDefault(item => ConditionMerge.Text(item, "type") == Programmed);
        if (ConditionMerge.Text(said, "status") is not ("True" or "False"))
            return pending;
        var generation = said!["observedGeneration"] is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;
        var condition = new Condition(Programmed, ConditionMerge.Text(said, "status") == "True", ConditionMerge.Text(said, "reason") ?? "", ConditionMerge.Text(said, "message") ?? "", generation);
        return [.. pending.Select(one => one.Type == Programmed ? condition : one)];
    }
}
