using System.Globalization;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.tls of a Gateway.</summary>
internal static class GatewayTlsBinder
{
    public static GatewayTls? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        SecretObjectReference? clientCertificate = null;
        FrontendTls? frontend = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "backend":
                    clientCertificate = Backend(context, field);
                    break;
                case "frontend":
                    frontend = Frontend(context, field);
                    break;
                default:
                    context.Unknown(field, "backend frontend");
                    break;
            }
        }
        return new GatewayTls { Frontend = frontend, ClientCertificateRef = clientCertificate };
    }

    private static SecretObjectReference? Backend(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        SecretObjectReference? reference = null;
        foreach (var field in node)
        {
            if (field.Key == "clientCertificateRef")
                reference = References.Secret(context, field);
            else
                context.Unknown(field, "clientCertificateRef");
        }
        return reference;
    }

    private static FrontendTls? Frontend(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        FrontendValidation? byDefault = null;
        var perPort = new Dictionary<int, FrontendValidation?>();
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "default":
                    byDefault = Configuration(context, field);
                    break;
                case "perPort":
                    PerPort(context, field, perPort);
                    break;
                default:
                    context.Unknown(field, "default perPort");
                    break;
            }
        }

        ObjectFields.Require(context, node, "default", "the configuration of ports that perPort does not name; {} for none");
        return new FrontendTls { Default = byDefault, PerPort = perPort };
    }

    private static void PerPort(BindingContext context, Node node, Dictionary<int, FrontendValidation?> ports)
    {
        if (!context.IsList(node, 0, 64))
            return;
        foreach (var item in node)
        {
            if (!context.Mapping(item))
                continue;
            int? port = null;
            FrontendValidation? validation = null;
            foreach (var field in item)
            {
                switch (field.Key)
                {
                    case "port":
                        port = context.Port(field);
                        if (port is { } value && ports.ContainsKey(value))
                            context.Error(field, $"must be unique: the port {value.ToString(CultureInfo.InvariantCulture)} is configured twice");
                        break;
                    case "tls":
                        validation = Configuration(context, field);
                        break;
                    default:
                        context.Unknown(field, "port tls");
                        break;
                }
            }

            ObjectFields.Require(context, item, "port", "a number from 1 to 65535");
            ObjectFields.Require(context, item, "tls", "the configuration of the port");
            if (port is { } number)
                ports.TryAdd(number, validation);
        }
    }

    private static FrontendValidation? Configuration(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        FrontendValidation? validation = null;
        foreach (var field in node)
        {
            if (field.Key == "validation")
                validation = Validation(context, field);
            else
                context.Unknown(field, "validation");
        }
        return validation;
    }

    private static FrontendValidation? Validation(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        ObjectReference[] references = [];
        string? mode = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "caCertificateRefs":
                    references = context.List(field, 1, 16, References.Object);
                    break;
                case "mode":
                    mode = context.Word(field, "AllowValidOnly, AllowInsecureFallback");
                    break;
                default:
                    context.Unknown(field, "caCertificateRefs mode");
                    break;
            }
        }

        ObjectFields.Require(context, node, "caCertificateRefs", "at least one reference to a ConfigMap with CA certificates");
        return new FrontendValidation { AllowsInsecureFallback = mode == "AllowInsecureFallback", CaCertificateRefs = references };
    }
}
