namespace Sluice.ApiServer.Deleting;

/// <summary>One of metadata.ownerReferences.</summary>
internal sealed record Owner(string ApiVersion, string Kind, string Name, string Uid);
