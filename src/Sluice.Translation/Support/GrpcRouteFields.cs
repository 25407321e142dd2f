namespace Sluice.Translation.Support;

internal static class GrpcRouteFields
{
    private const string Rule = "spec.rules[]";

    public static IReadOnlyList<FieldSupport> All { get; } = new FieldList()
        .RouteParents()
        .Supported(Rule, "name")
        .Supported($"{Rule}.matches[].method", "type service method", "Exact, RegularExpression (linear time).")
        .Supported($"{Rule}.matches[].headers[]", "type name value", "Exact, RegularExpression.")
        .Filters($"{Rule}.filters[]")
        .BackendRef($"{Rule}.backendRefs[]")
        .Supported($"{Rule}.backendRefs[]", "weight")
        .Filters($"{Rule}.backendRefs[].filters[]")
        .SessionPersistence($"{Rule}.sessionPersistence")
        .RouteStatus()
        .Fields;

    private static FieldList Filters(this FieldList fields, string path) => fields
        .Supported(path, "type")
        .Headers($"{path}.requestHeaderModifier")
        .Headers($"{path}.responseHeaderModifier")
        .Mirror($"{path}.requestMirror")
        .ExtensionRef($"{path}.extensionRef");
}
