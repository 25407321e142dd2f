namespace Sluice.Translation.Policies;

/// <summary>Which references of policies to other namespaces need a ReferenceGrant there (kgateway's KGW_REFERENCE_GRANT_MODE).</summary>
public enum ReferenceMode
{
    /// <summary>Those to Secrets, ConfigMaps and backends; GatewayExtensions may be named from everywhere.</summary>
    Permissive,

    /// <summary>All.</summary>
    Strict,

    /// <summary>None.</summary>
    Off,
}
