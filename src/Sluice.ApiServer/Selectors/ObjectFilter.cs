using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Selectors;

/// <summary>Which objects of a kind a request is about: namespace, labels and fields.</summary>
internal sealed class ObjectFilter
{
    private readonly IReadOnlyList<LabelRequirement> _labels;
    private readonly IReadOnlyList<FieldRequirement> _fields;

    /// <exception cref="Responses.ApiException">400: a selector is wrong.</exception>
    public ObjectFilter(ResourceKind kind, string space, QueryParameters query, string? name = null)
    {
        Namespace = space;
        _labels = query["labelSelector"] is { } labels ? LabelSelectorParser.Parse(labels) : [];
        _fields = query["fieldSelector"] is { } fields ? FieldSelectorParser.Parse(fields, kind) : [];
        Name = name ?? _fields.FirstOrDefault(field => field is { IsEqual: true, Path: ["metadata", "name"] })?.Value;
    }

    /// <summary>"" for all.</summary>
    public string Namespace { get; }

    /// <summary>The one name that can match; null when there may be several.</summary>
    public string? Name { get; }

    /// <summary>Whether it asks for more than a namespace.</summary>
    public bool HasSelector => _labels.Count > 0 || _fields.Count > 0 || Name is not null;

    public bool Matches(StoredObject value)
    {
        if (Namespace.Length > 0 && value.Key.Namespace != Namespace)
            return false;
        if (Name is not null && value.Key.Name != Name)
            return false;
        foreach (var field in _fields)
        {
            if ((Field(value, field.Path) == field.Value) != field.IsEqual)
                return false;
        }

        if (_labels.Count == 0)
            return true;
        var labels = JsonProbe.Map(value.Json, "metadata", "labels");
        foreach (var requirement in _labels)
        {
            if (!requirement.Matches(labels))
                return false;
        }

        return true;
    }

    private static string Field(StoredObject value, string[] path) => path switch
    {
        ["metadata", "name"] => value.Key.Name,
        ["metadata", "namespace"] => value.Key.Namespace,
        _ => JsonProbe.Text(value.Json, path) ?? "",
    };
}
