namespace Sluice.Configuration;

/// <summary>Connections that ask for one server name on a listener with protocol <see cref="ListenerProtocol.Tls"/>.</summary>
/// <param name="Hostname">Lower case: "*" for every name and for none, "*.example.com" for one or more labels in front, else exact.</param>
/// <param name="Route">Where they go.</param>
public sealed record TlsHost(string Hostname, StreamRoute Route);
