using System.Runtime.CompilerServices;

namespace AutoFlow.Workflows.Jq;

/// <summary>Turns a syntax tree into nodes, resolving every name; what is not defined is an error here, not at run time.</summary>
internal sealed partial class Compiler
{
    private const int MaxNesting = 600;
    private readonly bool trusted;
    private int nesting;

    /// <param name="trusted">Whether this is our own prelude, which may use the helpers programs cannot see.</param>
    private Compiler(bool trusted) => this.trusted = trusted;

    /// <summary>Compiles a program whose first variables are the given ones.</summary>
    public static (Node Program, Frame Frame) Compile(Ast program, IReadOnlyList<string> variables, string source)
    {
        var frame = new Frame(0);
        Scope? scope = null;
        foreach (var name in variables)
            scope = new VariableScope(scope, name, frame, frame.Slots++);
        return (new Compiler(trusted: false) { lines = source }.Compile(program, scope, frame), frame);
    }

    /// <summary>Compiles a builtin written in jq.</summary>
    public static void CompileBuiltin(FunctionAst ast, Function function) =>
        new Compiler(trusted: true).CompileBody(ast, function, null);

    private string lines = "";

    private Node Compile(Ast ast, Scope? scope, Frame frame)
    {
        if (++nesting > MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new JqSyntaxException("The expression is nested too deeply", ast.Offset);
        var node = CompileCore(ast, scope, frame);
        nesting--;
        return node;
    }

    private Node CompileCore(Ast ast, Scope? scope, Frame frame)
    {
        switch (ast)
        {
            case IdentityAst:
                return new IdentityNode();
            case LiteralAst literal:
                return new LiteralNode(literal.Value);
            case VariableAst variable:
                return CompileVariable(variable, scope, frame);
            case StringAst text:
                return CompileString(text, scope, frame);
            case FormatAst format:
                return new ApplyNode([], Formats.Find(format.Name) ?? throw UnknownFormat(format.Name, format.Offset));
            case IndexAst index:
                return new IndexNode(Compile(index.Term, scope, frame), Compile(index.Key, scope, frame));
            case SliceAst slice:
                return new IndexNode(Compile(slice.Term, scope, frame), CompileSlice(slice, scope, frame));
            case IterateAst iterate:
                return new IterateNode(Compile(iterate.Term, scope, frame));
            case TryAst attempt:
                return new TryNode(Compile(attempt.Body, scope, frame), CompileOptional(attempt.Handler, scope, frame));
            case PipeAst pipe:
                return CompilePipe(pipe, scope, frame);
            case CommaAst comma:
                return new CommaNode([.. comma.Items.Select(i => Compile(i, scope, frame))]);
            case NegateAst { Operand: LiteralAst { Value: JqNumber number } }:
                return new LiteralNode(number.Negate());
            case NegateAst negate:
                return new ApplyNode([Compile(negate.Operand, scope, frame)], (m, _, a) => Arithmetic.Negate(m, a[0]));
            case BinaryAst binary:
                return CompileBinary(binary, scope, frame);
            case AssignAst assign:
                return CompileAssign(assign, scope, frame);
            case IfAst condition:
                return CompileIf(condition, scope, frame);
            case ArrayAst { Body: { } body }:
                return Fold(new CollectNode(Compile(body, scope, frame)), body);
            case ObjectAst o:
                return CompileObject(o, scope, frame);
            case CallAst call:
                return CompileCall(call, scope, frame);
            case ReduceAst or ForeachAst or BindAst or LabelAst or BreakAst or DefinitionsAst:
                return CompileBinding(ast, scope, frame);
            default:
                throw new JqSyntaxException("Unexpected expression", ast.Offset);
        }
    }

    private Node? CompileOptional(Ast? ast, Scope? scope, Frame frame) => ast is null ? null : Compile(ast, scope, frame);

    /// <summary>An array of literals is a literal.</summary>
    private static Node Fold(CollectNode node, Ast body) => body switch
    {
        LiteralAst only => new LiteralNode(JqArray.Of([only.Value])),
        CommaAst comma when comma.Items.All(i => i is LiteralAst) =>
            new LiteralNode(JqArray.Of([.. comma.Items.Select(i => ((LiteralAst)i).Value)])),
        _ => node,
    };

    private Node CompilePipe(PipeAst pipe, Scope? scope, Frame frame)
    {
        var node = Compile(pipe.Stages[^1], scope, frame);
        for (var i = pipe.Stages.Count - 2; i >= 0; i--)
            node = new PipeNode(Compile(pipe.Stages[i], scope, frame), node);
        return node;
    }

    private Node CompileVariable(VariableAst variable, Scope? scope, Frame frame)
    {
        switch (variable.Name)
        {
            case "__loc__":
                var line = lines.AsSpan(0, Math.Min(variable.Offset, lines.Length)).Count('\n') + 1;
                return new LiteralNode(JqValue.FromObject(("file", JqValue.From("<top-level>")), ("line", JqValue.From(line))));
            case "ENV" or "__prog_args":
                throw new JqSyntaxException(JqUnavailable.Message($"${variable.Name}")!, variable.Offset);
        }

        for (var at = scope; at is not null; at = at.Outer)
        {
            if (at is VariableScope found && found.Name == variable.Name)
                return new VariableNode(frame.Level - found.Frame.Level, found.Slot);
        }

        throw new JqSyntaxException(
            $"${variable.Name} is not defined", variable.Offset, NearestWord.Suggestion(variable.Name, Scope.Variables(scope), "$"));
    }

    private ApplyNode CompileString(StringAst text, Scope? scope, Frame frame)
    {
        var format = Formats.Find(text.Format ?? "text") ?? throw UnknownFormat(text.Format!, text.Offset);
        var parts = text.Parts.Select(part => part is StringAst interpolation
            ? new PipeNode(Compile(interpolation.Parts[0], scope, frame), new ApplyNode([], format))
            : Compile(part, scope, frame));
        return new ApplyNode([.. parts], (m, _, values) => Strings.Concat(m, values));
    }

    private ApplyNode CompileSlice(SliceAst slice, Scope? scope, Frame frame)
    {
        var from = CompileOptional(slice.From, scope, frame) ?? new LiteralNode(JqValue.Null);
        var to = CompileOptional(slice.To, scope, frame) ?? new LiteralNode(JqValue.Null);
        return new ApplyNode(
            [from, to], (_, _, bounds) => new JqObject(["start", "end"], [bounds[0], bounds[1]]), lastIsOuter: false);
    }

    private Node CompileBinary(BinaryAst binary, Scope? scope, Frame frame)
    {
        Node left = Compile(binary.Left, scope, frame), right = Compile(binary.Right, scope, frame);
        return binary.Operator switch
        {
            "and" => new LogicNode(left, right, isOr: false),
            "or" => new LogicNode(left, right, isOr: true),
            "//" => new AlternativeNode(left, right),
            var symbol => new BinaryNode(Operators.Find(symbol), left, right),
        };
    }

    /// <summary>Every update but <c>|=</c> evaluates its right side first, for the input, once per value.</summary>
    private Node CompileAssign(AssignAst assign, Scope? scope, Frame frame)
    {
        var target = Compile(assign.Target, scope, frame);
        var value = Compile(assign.Value, scope, frame);
        if (assign.Operator == "|=")
            return new ModifyNode(target, value);
        var slot = frame.Slots++;
        var operand = new VariableNode(0, slot);
        Node update = assign.Operator switch
        {
            "=" => operand,
            "//=" => new AlternativeNode(new IdentityNode(), operand),
            var symbol => new BinaryNode(Operators.Find(symbol[..1]), new IdentityNode(), operand),
        };
        return new BindNode(value, slot, new ModifyNode(target, update));
    }

    private Node CompileIf(IfAst condition, Scope? scope, Frame frame)
    {
        var node = CompileOptional(condition.Else, scope, frame) ?? new IdentityNode();
        foreach (var (test, then) in condition.Branches.Reverse())
            node = new IfNode(Compile(test, scope, frame), Compile(then, scope, frame), node);
        return node;
    }

    private Node CompileObject(ObjectAst o, Scope? scope, Frame frame)
    {
        if (o.Entries.Count == 0)
            return new LiteralNode(JqValue.EmptyObject);
        if (o.Entries.All(e => e.Key is LiteralAst { Value.Kind: JqKind.String })
            && o.Entries.Select(e => ((LiteralAst)e.Key).Value.AsString()).Distinct().Count() == o.Entries.Count)
        {
            string[] keys = [.. o.Entries.Select(e => ((LiteralAst)e.Key).Value.AsString()!)];
            return new ApplyNode(
                [.. o.Entries.Select(e => Compile(e.Value, scope, frame))], (_, _, values) => new JqObject(keys, values), lastIsOuter: false);
        }

        var parts = o.Entries.SelectMany(e => new[] { Compile(e.Key, scope, frame), Compile(e.Value, scope, frame) });
        return new ApplyNode([.. parts], BuildObject, lastIsOuter: false);
    }

    private static JqValue? BuildObject(Machine m, JqValue input, JqValue[] parts)
    {
        var builder = new JqObjectBuilder();
        for (var i = 0; i < parts.Length; i += 2)
        {
            if (parts[i] is not JqString key)
                return m.Fail($"Object keys must be strings");
            builder.Set(key.Text, parts[i + 1]);
        }

        return builder.ToObject();
    }

    private static JqSyntaxException UnknownFormat(string name, int offset) =>
        new($"@{name} is not a format", offset, NearestWord.Suggestion(name, Formats.Names, "@"));
}
