namespace Sluice.Proxy.Tests.Support;

/// <summary>A field line as it was on the wire, its value without surrounding white space.</summary>
internal sealed record WireField(string Name, string Value);
