using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>The externalAuth filter (experimental channel, GEP-1494): checked by the CRD's rules.</summary>
internal static class ExternalAuthBinder
{
    private const int MaxHeaders = 64;

    public static void Check(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        string? protocol = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "backendRef":
                    References.PlainBackend(context, field);
                    break;
                case "protocol":
                    protocol = context.Word(field, "HTTP, GRPC");
                    break;
                case "grpc":
                    Grpc(context, field);
                    break;
                case "http":
                    Http(context, field);
                    break;
                case "forwardBody":
                    ForwardBody(context, field);
                    break;
                default:
                    context.Unknown(field, "backendRef protocol grpc http forwardBody");
                    break;
            }
        }

        ObjectFields.Require(context, node, "backendRef", "the authorization service");
        ObjectFields.Require(context, node, "protocol", "HTTP or GRPC");
        if (protocol is null)
            return;
        var (wanted, other) = protocol == "HTTP" ? ("http", "grpc") : ("grpc", "http");
        ObjectFields.Require(context, node, wanted, $"needed when protocol is {protocol}");
        if (node.TryGet(other, out var wrong))
            context.Error(wrong, $"must not stand here when protocol is {protocol}");
    }

    private static void Grpc(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            if (field.Key == "allowedHeaders")
                Headers(context, field);
            else
                context.Unknown(field, "allowedHeaders");
        }
    }

    private static void Http(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "allowedHeaders" or "allowedResponseHeaders":
                    Headers(context, field);
                    break;
                case "path":
                    context.String(field, 1, 1024);
                    break;
                default:
                    context.Unknown(field, "path allowedHeaders allowedResponseHeaders");
                    break;
            }
        }
    }

    private static void ForwardBody(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            if (field.Key == "maxSize")
                context.Integer(field, 0, int.MaxValue);
            else
                context.Unknown(field, "maxSize");
        }
    }

    private static void Headers(BindingContext context, Node node)
    {
        context.List(node, 0, MaxHeaders, static (c, item) => c.String(item));
        UniqueNames.CheckStrings(context, node);
    }
}
