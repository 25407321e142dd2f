using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Runtime;

/// <summary>A listener that is not what it was.</summary>
/// <param name="Before">Null for a new one.</param>
/// <param name="Now">Null for one that is gone.</param>
internal readonly record struct ListenerReplacement(RuntimeListener? Before, RuntimeListener? Now);
