namespace Sluice.Configuration;

/// <summary>Where a backend is reached. Address is an IP literal (v6 without brackets) or, for ExternalName Services, a DNS name.</summary>
public sealed record Endpoint(string Address, int Port);
