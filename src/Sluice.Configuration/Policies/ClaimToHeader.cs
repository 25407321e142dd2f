namespace Sluice.Configuration.Policies;

/// <param name="Claim">Name of the claim; with "." also the path to one inside of others.</param>
/// <param name="Header">Name of the request field. Strings, numbers and booleans stand in it as they are, lists and objects as base64url of their JSON.</param>
public sealed record ClaimToHeader(string Claim, string Header);
