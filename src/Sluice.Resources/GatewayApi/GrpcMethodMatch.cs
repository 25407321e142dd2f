namespace Sluice.Resources.GatewayApi;

/// <summary>
/// Type is "Exact" or "RegularExpression". Service ("package.Service") and Method are null when they may be any; at least one
/// is given.
/// </summary>
public sealed record GrpcMethodMatch(string? Service, string? Method, string Type = "Exact");
