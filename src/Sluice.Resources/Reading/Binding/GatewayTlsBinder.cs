using System.Globalization;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.tls of a Gateway: checked by the CRD's rules.</summary>
internal static class GatewayTlsBinder
{
    public static void Check(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "backend":
                    Backend(context, field);
                    break;
                case "frontend":
                    Frontend(context, field);
                    break;
                default:
                    context.Unknown(field, "backend frontend");
                    break;
            }
        }
    }

    private static void Backend(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            if (field.Key == "clientCertificateRef")
                References.Secret(context, field);
            else
                context.Unknown(field, "clientCertificateRef");
        }
    }

    private static void Frontend(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "default":
                    Configuration(context, field);
                    break;
                case "perPort":
                    PerPort(context, field);
                    break;
                default:
                    context.Unknown(field, "default perPort");
                    break;
            }
        }

        ObjectFields.Require(context, node, "default", "the configuration of ports that perPort does not name; {} for none");
    }

    private static void PerPort(BindingContext context, Node node)
    {
        if (!context.IsList(node, 0, 64))
            return;
        var ports = new HashSet<int>();
        foreach (var item in node)
        {
            if (!context.Mapping(item))
                continue;
            foreach (var field in item)
            {
                switch (field.Key)
                {
                    case "port":
                        if (context.Port(field) is { } port && !ports.Add(port))
                            context.Error(field, $"must be unique: the port {port.ToString(CultureInfo.InvariantCulture)} is configured twice");
                        break;
                    case "tls":
                        Configuration(context, field);
                        break;
                    default:
                        context.Unknown(field, "port tls");
                        break;
                }
            }

            ObjectFields.Require(context, item, "port", "a number from 1 to 65535");
            ObjectFields.Require(context, item, "tls", "the configuration of the port");
        }
    }

    private static void Configuration(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            if (field.Key == "validation")
                Validation(context, field);
            else
                context.Unknown(field, "validation");
        }
    }

    private static void Validation(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "caCertificateRefs":
                    context.List(field, 1, 16, static (c, item) => References.Parameters(c, item, hasNamespace: true));
                    break;
                case "mode":
                    context.Word(field, "AllowValidOnly, AllowInsecureFallback");
                    break;
                default:
                    context.Unknown(field, "caCertificateRefs mode");
                    break;
            }
        }

        ObjectFields.Require(context, node, "caCertificateRefs", "at least one reference to a ConfigMap with CA certificates");
    }
}
