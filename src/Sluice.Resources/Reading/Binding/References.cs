using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>References to other objects, in all the shapes that the Gateway API has.</summary>
internal static class References
{
    private const string NameNeeded = "the name of the object";

    /// <summary>group, kind, name and, where the API has one, namespace: all but the namespace are required.</summary>
    public static ParametersReference? Parameters(BindingContext context, Node node, bool hasNamespace)
    {
        if (!context.Mapping(node))
            return null;
        string? group = null, kind = null, name = null, space = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "group":
                    group = context.Name(field, Names.Group);
                    break;
                case "kind":
                    kind = context.Name(field, Names.Kind);
                    break;
                case "name":
                    name = context.String(field, 1, 253);
                    break;
                case "namespace" when hasNamespace:
                    space = context.Name(field, Names.Label);
                    break;
                default:
                    context.Unknown(field, hasNamespace ? "group kind name namespace" : "group kind name");
                    break;
            }
        }

        ObjectFields.Require(context, node, "group", "the API group of the object, \"\" for the core group");
        ObjectFields.Require(context, node, "kind", "the kind of the object");
        ObjectFields.Require(context, node, "name", NameNeeded);
        return group is null || kind is null || name is null ? null : new ParametersReference(group, kind, name, space);
    }

    public static LocalObjectReference? Local(BindingContext context, Node node) =>
        Parameters(context, node, hasNamespace: false) is { } reference ? new LocalObjectReference(reference.Group, reference.Kind, reference.Name) : null;

    public static SecretObjectReference? Secret(BindingContext context, Node node) =>
        Named(context, node, NameNeeded) is var (group, kind, name, space) ? new SecretObjectReference(name, space, group ?? "", kind ?? "Secret") : null;

    public static ParentReference? Parent(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? group = null, kind = null, name = null, space = null, section = null;
        int? port = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "group":
                    group = context.Name(field, Names.Group);
                    break;
                case "kind":
                    kind = context.Name(field, Names.Kind);
                    break;
                case "name":
                    name = context.String(field, 1, 253);
                    break;
                case "namespace":
                    space = context.Name(field, Names.Label);
                    break;
                case "sectionName":
                    section = context.Name(field, Names.Subdomain);
                    break;
                case "port":
                    port = context.Port(field);
                    break;
                default:
                    context.Unknown(field, "group kind name namespace sectionName port");
                    break;
            }
        }

        ObjectFields.Require(context, node, "name", "the name of the Gateway");
        return name is null ? null : new ParentReference(name, space, group ?? GatewayApiGroup.Name, kind ?? "Gateway", section, port);
    }

    /// <summary>ParentGatewayReference: a parent as a whole, without section or port.</summary>
    public static ParentReference? ParentGateway(BindingContext context, Node node) =>
        Named(context, node, "the name of the Gateway") is var (group, kind, name, space) ? new ParentReference(name, space, group ?? GatewayApiGroup.Name, kind ?? "Gateway") : null;

    public static ObjectReference? Object(BindingContext context, Node node) =>
        Parameters(context, node, hasNamespace: true) is { } reference ? new ObjectReference(reference.Group, reference.Kind, reference.Name, reference.Namespace) : null;

    // A name in a namespace, of which only the name is required.
    private static (string? Group, string? Kind, string Name, string? Namespace)? Named(BindingContext context, Node node, string nameNeeded)
    {
        if (!context.Mapping(node))
            return null;
        string? group = null, kind = null, name = null, space = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "group":
                    group = context.Name(field, Names.Group);
                    break;
                case "kind":
                    kind = context.Name(field, Names.Kind);
                    break;
                case "name":
                    name = context.String(field, 1, 253);
                    break;
                case "namespace":
                    space = context.Name(field, Names.Label);
                    break;
                default:
                    context.Unknown(field, "group kind name namespace");
                    break;
            }
        }

        ObjectFields.Require(context, node, "name", nameNeeded);
        return name is null ? null : (group, kind, name, space);
    }

    /// <summary>The fields that every reference to a backend has; false when the field is another one.</summary>
    public static bool BackendField(BindingContext context, Node field, ref BackendReference reference)
    {
        switch (field.Key)
        {
            case "group":
                reference.Group = context.Name(field, Names.Group);
                return true;
            case "kind":
                reference.Kind = context.Name(field, Names.Kind);
                return true;
            case "name":
                reference.Name = context.String(field, 1, 253);
                return true;
            case "namespace":
                reference.Namespace = context.Name(field, Names.Label);
                return true;
            case "port":
                reference.Port = context.Port(field);
                reference.HasPort = !field.IsNull;
                return true;
            default:
                return false;
        }
    }

    /// <summary>What a reference to a backend must have: a name, and a port when it names a Service.</summary>
    public static void CheckBackend(BindingContext context, Node node, in BackendReference reference)
    {
        ObjectFields.Require(context, node, "name", "the name of the backend");
        if (!reference.HasPort && (reference.Group ?? "").Length == 0 && reference.Kind is null or "Service")
            context.Missing(node, "port", "a reference to a Service needs the Service's port");
    }

    /// <summary>A backend where nothing but the reference stands: mirrors, external authorization.</summary>
    public static BackendObjectReference? PlainBackend(BindingContext context, Node node)
    {
        var reference = default(BackendReference);
        if (!context.Mapping(node))
            return null;
        foreach (var field in node)
        {
            if (!BackendField(context, field, ref reference))
                context.Unknown(field, "group kind name namespace port");
        }

        CheckBackend(context, node, reference);
        if (reference.Name is null)
            return null;
        return new BackendObjectReference
        {
            Group = reference.Group ?? "",
            Kind = reference.Kind ?? "Service",
            Name = reference.Name,
            Namespace = reference.Namespace,
            Port = reference.Port,
        };
    }
}
