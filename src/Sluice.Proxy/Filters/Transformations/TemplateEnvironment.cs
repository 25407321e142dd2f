namespace Sluice.Proxy.Filters.Transformations;

/// <summary>
/// Environment variables of the proxy that templates may read: those that say where it runs, and those that the variable
/// SLUICE_TEMPLATE_ENV names, with commas between them. Any other could be a secret.
/// </summary>
internal static class TemplateEnvironment
{
    public const string Variable = "SLUICE_TEMPLATE_ENV";

    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(
    [
        "HOSTNAME", "POD_NAME", "POD_NAMESPACE", "POD_IP", "NODE_NAME", "SERVICE_ACCOUNT", "CLUSTER_NAME", "GATEWAY_NAME", "GATEWAY_NAMESPACE",
        .. (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
    ]);
}
