using Sluice.Controller.Offline;
using Sluice.Controller.Reports;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Checks;

/// <summary>Conditions that would be reported as a problem in the cluster too: not accepted, references that do not resolve, conflicts.</summary>
internal static class ConditionCheck
{
    public static IEnumerable<DiagnosticReport> Run(OfflineManifests manifests)
    {
        foreach (var (key, status) in manifests.Translation.Gateways)
        {
            var gateway = manifests.Snapshot.Gateways[key];
            foreach (var finding in Of(gateway, null, status.Conditions))
                yield return finding;
            foreach (var finding in OfListeners(gateway, gateway.Listeners, status.Listeners, manifests.Snapshot))
                yield return finding;
        }
        foreach (var (key, status) in manifests.Translation.ListenerSets)
        {
            var set = manifests.Snapshot.ListenerSets[key];
            foreach (var finding in Of(set, null, status.Conditions))
                yield return finding;

            // What keeps the whole set away stands at each of its listeners too.
            if (status.Conditions[0].Reason is "NotAllowed" or "ParentNotAccepted")
                continue;
            foreach (var finding in OfListeners(set, set.Listeners, status.Listeners, manifests.Snapshot))
                yield return finding;
        }
        foreach (var (kind, key, status) in manifests.Translation.Routes)
        {
            var route = manifests.Snapshot.FindRoute(kind, key)!;
            for (var i = 0; i < status.Parents.Count; i++)
            {
                foreach (var finding in Of(route, null, status.Parents[i].Conditions))
                    yield return finding;
            }
        }
        foreach (var finding in OfPolicies(manifests))
            yield return finding;
    }

    // What is wrong with a policy is the same for every Gateway.
    private static IEnumerable<DiagnosticReport> OfPolicies(OfflineManifests manifests) =>
        manifests.Translation.PoliciesByKind.SelectMany(kind => kind.Statuses.SelectMany(policy =>
            policy.Value.Ancestors.SelectMany(ancestor => ancestor.Conditions).Distinct()
                .SelectMany(condition => Of(PolicyObjects.Find(manifests.Snapshot, kind.Kind, policy.Key), null, [condition]))))
        .Concat(manifests.Translation.ObjectsByKind.SelectMany(kind => kind.Statuses.SelectMany(item =>
            Of(PolicyObjects.Find(manifests.Snapshot, kind.Kind, item.Key), null, item.Value.Conditions))));

    private static IEnumerable<DiagnosticReport> OfListeners(KubernetesObject owner, IReadOnlyList<GatewayListener> listeners, IReadOnlyList<ListenerStatus> statuses, ResourceSnapshot snapshot)
    {
        for (var i = 0; i < statuses.Count; i++)
        {
            var awaitsSecret = AwaitedSecrets.Has(owner, listeners.First(listener => listener.Name == statuses[i].Name), snapshot);
            foreach (var finding in Of(owner, $"spec.listeners[{i}]", statuses[i].Conditions, awaitsSecret))
                yield return finding;
        }
    }

    /// <param name="value">The object.</param>
    /// <param name="field">The part of it that has the conditions; null for the whole.</param>
    /// <param name="conditions">All of them.</param>
    /// <param name="awaitsSecret">A missing certificate is no mistake.</param>
    private static IEnumerable<DiagnosticReport> Of(KubernetesObject value, string? field, IReadOnlyList<Condition> conditions, bool awaitsSecret = false)
    {
        foreach (var condition in conditions)
        {
            if (!IsMistake(condition))
                continue;
            if (awaitsSecret && condition is { Type: "ResolvedRefs", Reason: "InvalidCertificateRef" })
            {
                yield return Finding.Info(value, field, $"{condition.Message}; cert-manager is asked to make it, and until then the listener is not served (sluice run --dev-tls makes one for trying)");
                continue;
            }
            // A condition has one reason: that of the first of its findings.
            var parts = Split(condition.Message);
            for (var i = 0; i < parts.Count; i++)
            {
                var message = i == 0 ? $"{parts[i].Message} ({condition.Reason})" : parts[i].Message;
                yield return condition.Type == "Programmed"
                    ? Finding.Warning(value, Join(field, parts[i].Field), $"{message}; in a cluster its load balancer decides")
                    : Finding.Error(value, Join(field, parts[i].Field), message);
            }
        }
    }

    /// <summary>Programmed only follows from the others, or from the machine: a mistake in a manifest shows before it. Addresses may be meant for another machine.</summary>
    private static bool IsMistake(Condition condition) => condition.Type switch
    {
        "Accepted" => condition is { Status: false, Reason: not "ListenersNotValid" },
        "ResolvedRefs" => !condition.Status,
        "PartiallyInvalid" => condition.Status,
        "Programmed" => condition is { Status: false, Reason: "AddressNotUsable" or "AddressNotAssigned" },
        _ => false,
    };

    /// <summary>A message may join several findings with "; ", each of which begins with its field.</summary>
    private static List<(string? Field, string Message)> Split(string message)
    {
        const string Dropped = "Dropped Rule: ";
        if (message.StartsWith(Dropped, StringComparison.Ordinal))
            message = message[Dropped.Length..];
        var parts = new List<(string? Field, string Message)>();
        foreach (var part in message.Split("; "))
        {
            var field = FieldOf(part);
            if (field is not null)
                parts.Add((field, part[(field.Length + 2)..]));
            else if (parts.Count == 0)
                parts.Add((null, part));
            else
                parts[^1] = (parts[^1].Field, $"{parts[^1].Message}; {part}");
        }
        return parts;
    }

    /// <summary>What a part begins with, up to ": ", when it is the path of a field: "rules[0].name", "tls.options".</summary>
    private static string? FieldOf(string part)
    {
        var colon = part.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetterLower(part[0]))
            return null;
        var start = part[..colon];
        return start.AsSpan().ContainsAny('.', '[') && !start.AsSpan().ContainsAny(' ', '"') ? start : null;
    }

    /// <summary>A field that is not given from spec on is one of the listener, or of spec.</summary>
    private static string? Join(string? above, string? field)
    {
        if (field is null || field.StartsWith("spec.", StringComparison.Ordinal))
            return field ?? above;
        return $"{above ?? "spec"}.{field}";
    }
}
