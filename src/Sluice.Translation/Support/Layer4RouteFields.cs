namespace Sluice.Translation.Support;

/// <summary>Fields of TLSRoute, TCPRoute and UDPRoute.</summary>
internal static class Layer4RouteFields
{
    private const string Rule = "spec.rules[]";

    public static IReadOnlyList<FieldSupport> Tls { get; } = new FieldList()
        .Supported("spec", "hostnames[]", "Compared with the server name that the client asks for. Wildcards stand for one or more labels; the most specific wins, of equal ones the oldest route.")
        .ParentRefs()
        .OneRule("connection")
        .RouteStatus()
        .Fields;

    public static IReadOnlyList<FieldSupport> Tcp { get; } = new FieldList()
        .ParentRefs()
        .OneRule("connection")
        .RouteStatus()
        .Fields;

    public static IReadOnlyList<FieldSupport> Udp { get; } = new FieldList()
        .ParentRefs()
        .OneRule("client socket")
        .RouteStatus()
        .Fields;

    private static FieldList OneRule(this FieldList fields, string unit) => fields
        .Supported(Rule, "name")
        .BackendRef($"{Rule}.backendRefs[]")
        .Supported($"{Rule}.backendRefs[]", "weight", $"Drawn for each {unit}.");
}
