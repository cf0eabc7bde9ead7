namespace AutoFlow.Workflows.Jq;

/// <summary>Everything that brings names into sight: bindings, folds, labels, definitions and their calls.</summary>
internal sealed partial class Compiler
{
    private Node CompileBinding(Ast ast, Scope? scope, Frame frame)
    {
        switch (ast)
        {
            case BindAst bind:
                return CompileBind(bind.Source, bind.Patterns, scope, frame, inner => Compile(bind.Body, inner, frame), keepPath: false);
            case ReduceAst reduce:
                return CompileFold(reduce.Source, reduce.Patterns, reduce.Init, reduce.Update, null, scope, frame, isReduce: true);
            case ForeachAst each:
                return CompileFold(each.Source, each.Patterns, each.Init, each.Update, each.Extract, scope, frame, isReduce: false);
            case LabelAst label:
                var slot = frame.Slots++;
                return new LabelNode(slot, Compile(label.Body, new LabelScope(scope, label.Name, frame, slot), frame));
            case BreakAst leave:
                return CompileBreak(leave, scope, frame);
            default:
                var definitions = (DefinitionsAst)ast;
                foreach (var function in definitions.Functions)
                    scope = CompileDefinition(function, scope, frame);
                return Compile(definitions.Body, scope, frame);
        }
    }

    private FoldNode CompileFold(
        Ast source, IReadOnlyList<Pattern> patterns, Ast init, Ast update, Ast? extract, Scope? scope, Frame frame, bool isReduce)
    {
        FoldStep? step = null;
        var items = CompileBind(
            source,
            patterns,
            scope,
            frame,
            inner =>
            {
                step = new FoldStep(Compile(update, inner, frame), CompileOptional(extract, inner, frame), isReduce);
                return new HandOverNode();
            },
            keepPath: true);
        return new FoldNode(Compile(init, scope, frame), items, step!);
    }

    private static BreakNode CompileBreak(BreakAst leave, Scope? scope, Frame frame)
    {
        for (var at = scope; at is not null; at = at.Outer)
        {
            if (at is LabelScope label && label.Name == leave.Name)
                return new BreakNode(frame.Level - label.Frame.Level, label.Slot);
        }

        throw new JqSyntaxException($"There is no label ${leave.Name} to break to", leave.Offset);
    }

    /// <summary>Binds a source to one of the patterns and goes on with the body, which is compiled once.</summary>
    private BindNode CompileBind(
        Ast source, IReadOnlyList<Pattern> patterns, Scope? scope, Frame frame, Func<Scope?, Node> body, bool keepPath)
    {
        var value = Compile(source, scope, frame);
        if (patterns is [VariablePattern only])
        {
            var variable = frame.Slots++;
            return new BindNode(value, variable, body(new VariableScope(scope, only.Name, frame, variable)), keepPath);
        }

        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        var inner = scope;
        foreach (var name in patterns.SelectMany(Names).Distinct())
            inner = new VariableScope(inner, name, frame, slots[name] = frame.Slots++);
        var rest = body(inner);
        var whole = frame.Slots++;
        Node[] alternatives = [.. patterns.Select(p => CompilePattern(p, whole, slots, inner, frame, rest))];
        var matched = alternatives.Length == 1 ? alternatives[0] : new AlternativesNode([.. slots.Values], alternatives);
        return new BindNode(value, whole, matched, keepPath);
    }

    /// <summary>Takes the value in a slot apart: one binding after the other, then the rest.</summary>
    private Node CompilePattern(Pattern pattern, int slot, Dictionary<string, int> slots, Scope? scope, Frame frame, Node rest)
    {
        if (++nesting > MaxNesting)
            throw new JqSyntaxException("The pattern is nested too deeply", pattern.Offset);
        var node = rest;
        switch (pattern)
        {
            case VariablePattern variable:
                node = new BindNode(new VariableNode(0, slot), slots[variable.Name], rest);
                break;
            case ArrayPattern array:
                for (var i = array.Items.Count - 1; i >= 0; i--)
                    node = Part(array.Items[i], new LiteralNode(JqValue.From(i)), null, node);
                break;
            case ObjectPattern o:
                foreach (var (key, name, inner) in o.Entries.Reverse())
                    node = Part(inner, Compile(key, scope, frame), name, node);
                break;
        }

        nesting--;
        return node;

        Node Part(Pattern? inner, Node key, string? name, Node next)
        {
            var part = frame.Slots++;
            if (inner is not null)
                next = CompilePattern(inner, part, slots, scope, frame, next);
            if (name is not null)
                next = new BindNode(new VariableNode(0, part), slots[name], next);
            return new BindNode(new IndexNode(new VariableNode(0, slot), key), part, next);
        }
    }

    private static IEnumerable<string> Names(Pattern pattern) => pattern switch
    {
        VariablePattern variable => [variable.Name],
        ArrayPattern array => array.Items.SelectMany(Names),
        ObjectPattern o => o.Entries.SelectMany(e =>
            (e.Variable is null ? Enumerable.Empty<string>() : [e.Variable]).Concat(e.Value is null ? [] : Names(e.Value))),
        _ => [],
    };

    private FunctionScope CompileDefinition(FunctionAst ast, Scope? scope, Frame frame)
    {
        var function = new Function(ast.Name, ast.Parameters.Count, new Frame(frame.Level + 1));
        var inner = new FunctionScope(scope, function, frame);
        CompileBody(ast, function, inner);
        return inner;
    }

    private void CompileBody(FunctionAst ast, Function function, Scope? scope)
    {
        var frame = function.Frame;
        for (var i = 0; i < ast.Parameters.Count; i++)
            scope = new ParameterScope(scope, ast.Parameters[i].Name, frame, i);
        var values = new List<(int Slot, int Parameter)>();
        for (var i = 0; i < ast.Parameters.Count; i++)
        {
            if (!ast.Parameters[i].IsValue)
                continue;
            values.Add((frame.Slots, i));
            scope = new VariableScope(scope, ast.Parameters[i].Name, frame, frame.Slots++);
        }

        var body = Compile(ast.Body, scope, frame);
        foreach (var (slot, parameter) in Enumerable.Reverse(values))
            body = new BindNode(new ParameterNode(0, parameter), slot, body);
        function.Body = body;
    }

    private Node CompileCall(CallAst call, Scope? scope, Frame frame)
    {
        for (var at = scope; at is not null; at = at.Outer)
        {
            if (at.Name != call.Name)
                continue;
            if (at is ParameterScope parameter && call.Arguments.Count == 0)
                return new ParameterNode(frame.Level - parameter.Frame.Level, parameter.Index);
            if (at is FunctionScope { Function: var local } && local.Arity == call.Arguments.Count)
                return new CallNode(local, frame.Level - at.Frame.Level, [.. call.Arguments.Select(a => CompileArgument(a, scope, frame))]);
        }

        return CompileBuiltinCall(call, scope, frame) ?? throw Undefined(call, scope);
    }

    private Node? CompileBuiltinCall(CallAst call, Scope? scope, Frame frame)
    {
        var arguments = call.Arguments;
        switch (call.Name, arguments.Count)
        {
            case ("empty", 0):
                return new EmptyNode();
            case ("path", 1):
                return new PathOfNode(Compile(arguments[0], scope, frame));
            case ("getpath", 1):
                return new GetPathNode(Compile(arguments[0], scope, frame));
            case ("select", 1):
                return new IfNode(Compile(arguments[0], scope, frame), new IdentityNode(), new EmptyNode());
            case ("map", 1):
                return new CollectNode(new PipeNode(new IterateNode(new IdentityNode()), Compile(arguments[0], scope, frame)));
            case ("_range", 3) when trusted:
                return new RangeNode(
                    Compile(arguments[0], scope, frame), Compile(arguments[1], scope, frame), Compile(arguments[2], scope, frame));
            case ("range", 1 or 2):
                Node[] bounds = [.. arguments.Select(a => Compile(a, scope, frame))];
                if (!bounds.All(b => b.IsDirect))
                    break;
                var from = arguments.Count == 1 ? new LiteralNode(JqValue.From(0)) : bounds[0];
                return new RangeNode(from, bounds[^1], new LiteralNode(JqValue.From(1)));
        }

        CheckPattern(call);
        if (Builtins.FindNative(call.Name, arguments.Count, trusted) is { } native)
            return new ApplyNode([.. arguments.Select(a => Compile(a, scope, frame))], native);
        return Prelude.Find(call.Name, arguments.Count, trusted) is { } function
            ? new CallNode(function, -1, [.. arguments.Select(a => CompileArgument(a, scope, frame))])
            : null;
    }

    /// <summary>A regular expression that is written out is checked now, unless there are flags, which may change how it is read.</summary>
    private static void CheckPattern(CallAst call)
    {
        var withoutFlags = call.Name switch
        {
            "test" or "match" or "capture" or "scan" or "splits" => 1,
            "sub" or "gsub" => 2,
            _ => -1,
        };
        if (call.Arguments.Count == withoutFlags
            && call.Arguments[0] is LiteralAst { Value: JqString pattern } literal
            && RegularExpressions.Check(pattern.Text) is { } problem)
            throw new JqSyntaxException(problem, literal.Offset);
    }

    private ArgumentSource CompileArgument(Ast argument, Scope? scope, Frame frame)
    {
        // A parameter handed on as it is must not grow a chain of closures, or recursion would slow down.
        if (argument is CallAst { Arguments.Count: 0 } call)
        {
            for (var at = scope; at is not null; at = at.Outer)
            {
                if (at.Name == call.Name && at is ParameterScope parameter)
                    return new ArgumentSource(null, frame.Level - parameter.Frame.Level, parameter.Index);
                if (at.Name == call.Name && at is FunctionScope { Function.Arity: 0 })
                    break;
            }
        }

        var inner = new Frame(frame.Level + 1);
        return new ArgumentSource(new ClosureCode { Body = Compile(argument, scope, inner), Frame = inner }, 0, 0);
    }

    private static JqSyntaxException Undefined(CallAst call, Scope? scope)
    {
        var name = $"{call.Name}/{call.Arguments.Count}";
        if (JqUnavailable.Message(call.Name) is { } unavailable)
            return new JqSyntaxException(unavailable, call.Offset);
        var known = new HashSet<string>(Builtins.Names);
        for (var at = scope; at is not null; at = at.Outer)
        {
            if (at is FunctionScope f)
                known.Add($"{f.Name}/{f.Function.Arity}");
            else if (at is ParameterScope)
                known.Add($"{at.Name}/0");
        }

        var arities = known.Where(k => k.StartsWith(call.Name + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var hint = arities.Count > 0
            ? $"there is {string.Join(", ", arities)}"
            : NearestWord.Suggestion(call.Name, known.Select(k => k[..k.IndexOf('/', StringComparison.Ordinal)]).Distinct());
        return new JqSyntaxException($"{name} is not defined", call.Offset, hint);
    }
}
