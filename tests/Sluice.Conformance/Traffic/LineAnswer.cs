namespace Sluice.Conformance.Traffic;

/// <summary>What a backend of the line protocol said: its greeting, who it is, whether it spoke TLS and which server name it was asked for.</summary>
internal sealed record LineAnswer(string Welcome, string Namespace, string Pod, bool IsTls, string? ServerName);
