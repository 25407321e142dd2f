namespace Sluice.Conformance.Traffic;

/// <summary>What a backend of the UDP echo said: what it received and who it is.</summary>
internal sealed record DatagramAnswer(string Request, string Namespace, string Service, string Pod);
