using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Writing;
using Sluice.Resources.Reading;

namespace Sluice.ApiServer.Rules;

/// <summary>The same checks, with the same messages, that manifests in files get.</summary>
internal static class BinderCheck
{
    private const string UnknownField = "unknown field";
    private const string File = "object.json";

    /// <summary>Readers are not thread-safe, and worth keeping for the strings that they share.</summary>
    private static readonly ConcurrentBag<ManifestReader> Readers = [];

    /// <summary>Whether manifests of the kind are read at all.</summary>
    public static bool Knows(ResourceKind kind) =>
        kind.IsCustom || (kind.Group is "" && kind.Kind is "Service" or "Namespace" or "Endpoints" or "Secret" or "ConfigMap") || kind is { Group: "discovery.k8s.io", Kind: "EndpointSlice" };

    public static void Check(WriteContext context, JsonObject value)
    {
        if (!Readers.TryTake(out var reader))
            reader = new ManifestReader();
        var file = reader.Read(File, CanonicalJson.Serialize(value));
        Readers.Add(reader);
        foreach (var finding in file.Diagnostics)
        {
            if (finding.Severity == ManifestSeverity.Error)
                context.Causes.Add(new StatusCause(Reason(finding.Message), finding.Message, finding.Field));
            else if (finding.Message.StartsWith(UnknownField, StringComparison.Ordinal))
                context.Unknown.Add($"unknown field \"{finding.Field}\"{finding.Message[UnknownField.Length..]}");
            else if (finding.Severity == ManifestSeverity.Warning)
                context.Warnings.Add(finding.Field is null ? finding.Message : $"{finding.Field}: {finding.Message}");
        }
    }

    private static string Reason(string message) => message.StartsWith("is required", StringComparison.Ordinal) ? StatusCause.Required : StatusCause.Invalid;
}
