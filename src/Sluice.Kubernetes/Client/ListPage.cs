namespace Sluice.Kubernetes.Client;

/// <summary>The metadata of one page of a list.</summary>
/// <param name="ResourceVersion">The moment the list shows.</param>
/// <param name="Continue">Asks for the next page; "" on the last.</param>
internal readonly record struct ListPage(string ResourceVersion, string Continue);
