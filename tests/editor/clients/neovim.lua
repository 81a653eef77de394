-- Drives Neovim's own language client through a morning's work. The results are JSON, for the test that starts it.
local node, cli, root, report = unpack(vim.fn.json_decode(vim.env.IMPRIMATUR_CALL))
local done = {}

local function wait(what, is_so)
  if not vim.wait(20000, is_so, 20) then error('waited in vain for ' .. what) end
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') end

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do table.insert(found, each.code) end
  return found
end

local function has(code)
  return function() return vim.tbl_contains(codes(), code) end
end

-- What somebody chooses from the menu of actions: the first whose title begins so.
local chosen
vim.ui.select = function(items, _, on_choice)
  for _, item in ipairs(items) do
    if vim.startswith(item[2].title, chosen) then return on_choice(item) end
  end
  error('no action begins with ' .. chosen)
end

local function act(title, line, column)
  chosen = title
  local before = text()
  vim.api.nvim_win_set_cursor(0, { line, column })
  vim.lsp.buf.code_action()
  wait(title, function() return text() ~= before end)
  return text()
end

local ok, failure = pcall(function()
  local client = vim.lsp.start_client({
    name = 'imprimatur',
    cmd = { node, cli, 'lsp', '--stdio' },
    root_dir = root,
    init_options = { trusted = true },
  })
  vim.cmd('edit ' .. root .. '/pages/a.md')
  vim.lsp.buf_attach_client(0, client)

  wait('diagnostics', has('common/punctuation/quote'))
  wait('those of the site', has('link/broken'))
  done.seen = codes()
  done.fixedOne = act('Set it', 5, 10)
  vim.lsp.buf.formatting_sync(nil, 20000)
  done.fixedAll = text()

  vim.api.nvim_buf_set_lines(0, 4, 5, false, { 'One line', 'he said "so".' })
  wait('diagnostics', has('common/punctuation/quote'))
  done.leftAlone = act('Leave this place alone (common/punctuation/quote)', 6, 9)

  vim.api.nvim_win_set_cursor(0, { 3, 4 })
  vim.lsp.buf.rename('Other words')
  wait('renamed', function() return text():find('Other words') ~= nil end)
  done.renamed = text()
  vim.cmd('silent wall')
  done.other = table.concat(vim.fn.readfile(root .. '/pages/b.md'), '\n')

  vim.api.nvim_buf_set_lines(0, -1, -1, false, { '', 'See [it](' })
  local place = vim.lsp.util.make_position_params()
  place.position = { line = vim.api.nvim_buf_line_count(0) - 1, character = 9 }
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/completion', place, 20000)
  done.completed = {}
  for _, answer in pairs(answers) do
    for _, item in ipairs(answer.result) do table.insert(done.completed, item.label) end
  end
end)
if not ok then done.failure = failure end
vim.fn.writefile({ vim.fn.json_encode(done) }, report)
vim.cmd('qall!')
