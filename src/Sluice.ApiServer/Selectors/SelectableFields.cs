using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Selectors;

/// <summary>The fields that objects can be selected by: the name and namespace of every kind, and what Kubernetes has for some.</summary>
internal static class SelectableFields
{
    private static readonly Dictionary<string, string[]> OfKind = new(StringComparer.Ordinal)
    {
        ["Secret"] = ["type"],
        ["Namespace"] = ["status.phase"],
        ["Service"] = ["spec.clusterIP", "spec.type"],
        ["Pod"] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName"],
        ["Event"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
    };

    /// <summary>The keys down to the field in stored objects.</summary>
    /// <exception cref="ApiException">400: the kind cannot be selected by it.</exception>
    public static string[] Path(ResourceKind kind, string field)
    {
        var storage = kind.Storage;
        var name = storage.Kind == "Event" ? Stored(field) : field;
        if (name == "metadata.name" || (name == "metadata.namespace" && storage.IsNamespaced))
            return name.Split('.');
        var known = storage.IsCustom ? [] : OfKind.GetValueOrDefault(storage.Kind, []);
        if (!known.Contains(name))
        {
            var all = known.Prepend("metadata.namespace").Prepend("metadata.name");
            throw ApiException.BadRequest($"field label not supported: {field}; {kind.Plural} can be selected by {string.Join(", ", all)}");
        }

        return name == "source" ? ["source", "component"] : name.Split('.');
    }

    /// <summary>The same field in the words of core/v1 Events, which is how all are stored.</summary>
    private static string Stored(string field) => field switch
    {
        "reportingController" => "reportingComponent",
        _ when field.StartsWith("regarding.", StringComparison.Ordinal) => "involvedObject." + field["regarding.".Length..],
        _ => field,
    };
}
