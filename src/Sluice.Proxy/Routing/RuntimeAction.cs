namespace Sluice.Proxy.Routing;

/// <summary>One of <see cref="RuntimeForward"/>, <see cref="RuntimeRedirect"/> and <see cref="RuntimeDirectResponse"/>.</summary>
internal abstract class RuntimeAction;
