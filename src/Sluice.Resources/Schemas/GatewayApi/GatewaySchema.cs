using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class GatewaySchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = GatewayVersions.StableAndBeta,
        Kind = "Gateway",
        Plural = "gateways",
        Singular = "gateway",
        ShortNames = ["gtw"],
        Categories = GatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
        PrinterColumns =
        [
            new PrinterColumn("Class", "string", ".spec.gatewayClassName"),
            new PrinterColumn("Address", "string", ".status.addresses[*].value"),
            GatewayVersions.Condition("Programmed"),
            PrinterColumn.Age,
        ],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "A place where traffic comes in: addresses and listeners.",
        Required("spec", Object(
            Required("gatewayClassName", NameSchemas.ObjectName, "The GatewayClass that says who serves the Gateway."),
            ListenerSchemas.Listeners,
            Optional("addresses", List(Object(
                Optional("type", NameSchemas.AddressType),
                Optional("value", Text(max: 253), "Absent: any address of the type.")), max: 16), "Absent: one is given."),
            Optional("infrastructure", Infrastructure(), "What the objects are like that are made for the Gateway."),
            Optional("allowedListeners", Object(
                Optional("namespaces", ListenerSchemas.Namespaces("All Selector Same None", "None"), "Where ListenerSets may live.")), "Who may add listeners."),
            Optional("tls", Tls(), "TLS settings of the whole Gateway."),
            Optional("defaultScope", Word("All None"), "Whether routes that name no Gateway are taken; experimental."))),
        ListenerSchemas.Status(
            ["Accepted", "Programmed"],
            Optional("addresses", List(Object(
                Optional("type", NameSchemas.AddressType),
                Required("value", Text(1, 253))), max: 16), "Where the Gateway is reached."),
            ListenerSchemas.StatusListeners,
            Optional("attachedListenerSets", Integer(), "How many ListenerSets are attached.")));

    private static SchemaNode Infrastructure() => Object(
        Optional("labels", Map(NameSchemas.LabelValue, 8)),
        Optional("annotations", Map(Text(0, 4096), 16)),
        Optional("parametersRef", ReferenceSchemas.Local, "An object of the implementation with further settings."));

    private static SchemaNode Tls()
    {
        var validation = Object(Optional("validation", Object(
            Required("caCertificateRefs", List(ReferenceSchemas.Full, 1, 16), "ConfigMaps or Secrets with ca.crt."),
            Optional("mode", Word("AllowValidOnly AllowInsecureFallback").Default("\"AllowValidOnly\""), "Whether connections without a valid certificate are refused.")), "How certificates of clients are checked."));
        return Object(
            Optional("backend", Object(
                Optional("clientCertificateRef", ReferenceSchemas.Secret, "The certificate that is shown to backends.")), "Towards backends."),
            Optional("frontend", Object(
                Required("default", validation, "For every port without an entry of its own."),
                Optional("perPort", Keyed("port", Object(Required("port", NameSchemas.Port), Required("tls", validation)), max: 64))), "Towards clients."));
    }
}
