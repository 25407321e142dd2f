using System.Globalization;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>metadata of every kind.</summary>
internal static class MetadataBinder
{
    private const string Fields =
        "name namespace labels annotations creationTimestamp generateName generation resourceVersion uid ownerReferences finalizers managedFields selfLink deletionTimestamp deletionGracePeriodSeconds";

    private const string DefaultNamespace = "default";

    public static ObjectMeta? Read(BindingContext context, Node root, KindInfo kind, long generation, DateTimeOffset? created)
    {
        if (!root.TryGet("metadata", out var metadata))
        {
            context.Missing(root, "metadata.name", "the object's name");
            return null;
        }

        if (!context.Mapping(metadata))
            return null;
        string? name = null, space = null;
        var labels = ObjectMeta.EmptyMap;
        var annotations = ObjectMeta.EmptyMap;
        var errors = context.Errors;
        foreach (var field in metadata)
        {
            switch (field.Key)
            {
                case "name":
                    name = context.Name(field, kind.CheckName);
                    break;
                case "namespace":
                    space = context.Name(field, Names.Label);
                    if (space is not null && !kind.IsNamespaced)
                        context.Warning(field, $"has no effect: {kind.Kind} objects belong to no namespace");
                    break;
                case "labels":
                    labels = context.Map(field, Names.QualifiedName, Names.LabelValue);
                    break;
                case "annotations":
                    annotations = context.Map(field, static key => Names.QualifiedName(key.ToLowerInvariant()), null);
                    break;
                case "creationTimestamp":
                    created = Time(context, field) ?? created;
                    break;
                case "generateName" or "generation" or "resourceVersion" or "uid" or "ownerReferences" or "finalizers":
                case "managedFields" or "selfLink" or "deletionTimestamp" or "deletionGracePeriodSeconds":
                    break;
                default:
                    context.Unknown(field, Fields);
                    break;
            }
        }

        if (name is null && context.Errors == errors)
            context.Missing(metadata, "name", "the object's name");
        if (name is null)
            return null;
        return new ObjectMeta
        {
            Name = name,
            Namespace = kind.IsNamespaced ? space ?? DefaultNamespace : "",
            Generation = generation,
            CreationTimestamp = created,
            Labels = labels,
            Annotations = annotations,
        };
    }

    /// <summary>The object's identity as far as it can be told before anything is checked.</summary>
    public static NamespacedName? Identify(Node root, bool isNamespaced)
    {
        if (!root.TryGet("metadata", out var metadata) || !metadata.TryGet("name", out var name) || name.Text.Length == 0)
            return null;
        var space = isNamespaced ? DefaultNamespace : "";
        if (isNamespaced && metadata.TryGet("namespace", out var given))
            space = given.Text;
        return new NamespacedName(space, name.Text);
    }

    private static DateTimeOffset? Time(BindingContext context, Node node)
    {
        if (node.IsNull)
            return null;
        if (node.Kind == NodeKind.String && DateTimeOffset.TryParse(node.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        context.MustBe(node, "a time such as \"2025-01-31T12:00:00Z\"");
        return null;
    }
}
